using CatGan.Datasets;
using CatGan.Storage;

namespace CatGan.Bench;

/// <summary>Drawn cats for a measurement.</summary>
internal static class BenchPictures
{
    public static PictureSet Open(int side, int count = 2048)
    {
        string folder = Path.Combine(Path.GetTempPath(), "catgan-bench");
        Directory.CreateDirectory(folder);
        return PictureSets.OpenAsync(BlobStores.Open("file:" + folder), $"builtin:drawn-cats?count={count}&seed=1", side, folder, CancellationToken.None)
            .GetAwaiter().GetResult();
    }
}
