using CatGan.Datasets.Import;
using CatGan.Datasets.Import.Layouts;
using CatGan.Datasets.Import.Packing;
using CatGan.Datasets.Import.Sources;
using CatGan.Datasets.Tests.Support;
using SkiaSharp;

namespace CatGan.Datasets.Tests;

public sealed class ImportPipelineTests
{
    private const int Size = 16;
    private static readonly byte[] s_picture = TestPictures.Encode(SKEncodedImageFormat.Png);

    public static TheoryData<Exception> Faults =>
    [
        new ArgumentException("fault"), new OverflowException("fault"), new InvalidOperationException("fault"), new InsufficientMemoryException("fault"),
        new IOException("fault"), new OperationCanceledException("fault"),
    ];

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Run_AnyFaultOfOnePicture_CountsItAsDamagedAndGoesOn(Exception fault)
    {
        using TempFolder folder = new();
        using PixelScratch scratch = new(folder.Path);
        List<SkippedPicture> skipped = [];

        await RunAsync(name => name == "b.png" ? throw fault : s_picture, scratch, skipped, CancellationToken.None);

        Assert.Equal(2, scratch.Count);
        SkippedPicture only = Assert.Single(skipped);
        Assert.Equal(("b.png", SkipReason.Damaged), (only.Name, only.Reason));
        Assert.Contains("fault", only.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ScratchFileFails_EndsTheImport()
    {
        using TempFolder folder = new();
        PixelScratch scratch = new(folder.Path);
        scratch.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => RunAsync(_ => s_picture, scratch, [], CancellationToken.None));
    }

    [Fact]
    public async Task Run_Cancelled_CountsNothingAsDamaged()
    {
        using TempFolder folder = new();
        using PixelScratch scratch = new(folder.Path);
        using CancellationTokenSource stop = new();
        List<SkippedPicture> skipped = [];

        Task run = RunAsync(
            name =>
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
                return s_picture;
            },
            scratch,
            skipped,
            stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(skipped);
    }

    private static async Task RunAsync(Func<string, byte[]> read, PixelScratch scratch, List<SkippedPicture> skipped, CancellationToken cancellationToken)
    {
        using Source source = new(read);
        ImportPipeline pipeline = new(source, new MiddleLayout(Size), await ExcludeList.ReadAsync(null, CancellationToken.None), Size);
        await pipeline.RunAsync(source.Files, scratch, skipped, progress: null, cancellationToken);
    }

    /// <summary>Three pictures whose reading may fail.</summary>
    private sealed class Source(Func<string, byte[]> read) : IPictureSource
    {
        public IReadOnlyList<SourceFile> Files { get; } = [.. new[] { "a.png", "b.png", "c.png" }.Select(name => new SourceFile(name, s_picture.Length, 0))];

        public int Read(SourceFile file, Span<byte> destination)
        {
            read(file.Name).CopyTo(destination);
            return s_picture.Length;
        }

        public void Dispose()
        {
        }
    }
}
