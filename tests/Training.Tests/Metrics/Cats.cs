using CatGan.Datasets;
using CatGan.Storage;

namespace CatGan.Training.Tests.Metrics;

/// <summary>Drawn cats in memory; no store has a part in it.</summary>
internal static class Cats
{
    public static PictureSet Draw(int count, int size) =>
        PictureSets.OpenAsync(new NoStore(), $"builtin:drawn-cats?count={count}&seed=1", size, Path.GetTempPath(), CancellationToken.None)
            .GetAwaiter().GetResult();

    private sealed class NoStore : IBlobStore
    {
        public string Uri => "none";

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobInfo?> GetInfoAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobReading?> OpenReadAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BlobVersion?> WriteAsync(string name, BlobWriter write, BlobCondition condition, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
