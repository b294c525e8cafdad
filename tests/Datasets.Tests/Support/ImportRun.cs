using CatGan.Datasets.Import;
using CatGan.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Datasets.Tests.Support;

/// <summary>A source folder, a store and a scratch folder, and imports between them.</summary>
internal sealed class ImportRun : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private readonly TempFolder _store = new();
    private readonly TempFolder _scratch = new();

    public ImportRun() => Store = BlobStores.Open("file:" + _store.Path);

    public TempFolder Source { get; } = new();

    public IBlobStore Store { get; }

    public string[] ScratchFiles() => _scratch.Files();

    public Task<ImportSummary> ImportAsync(
        string? source = null, int size = 16, ImportLayout layout = ImportLayout.Auto, string? exclude = null, bool replace = false,
        IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ImportRequest request = new()
        {
            Source = source ?? Source.Path,
            Name = "cats",
            Size = size,
            Layout = layout,
            ExcludeList = exclude,
            Replace = replace,
            ScratchFolder = _scratch.Path,
        };
        return new DatasetImporter(new FakeTimeProvider(Now)).ImportAsync(request, Store, progress, cancellationToken);
    }

    public Task<PictureSet> OpenAsync(int size = 16) => PictureSets.OpenAsync(Store, "cats", size, _scratch.Path, CancellationToken.None);

    /// <summary>All pictures imported, [N][3 * S * S].</summary>
    public async Task<byte[][]> PixelsAsync(int size = 16)
    {
        using PictureSet pictures = await OpenAsync(size);
        return [.. Enumerable.Range(0, pictures.Count).Select(i => Read(pictures, i))];
    }

    public static byte[] Read(PictureSet pictures, int index)
    {
        byte[] pixels = new byte[3 * pictures.Size * pictures.Size];
        pictures.Read(index, pixels);
        return pixels;
    }

    public void Dispose()
    {
        Source.Dispose();
        _store.Dispose();
        _scratch.Dispose();
    }
}
