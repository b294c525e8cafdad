using System.Threading.Channels;
using CatGan.Datasets.Import.Decoding;
using CatGan.Datasets.Import.Layouts;
using CatGan.Datasets.Import.Sources;
using SkiaSharp;

namespace CatGan.Datasets.Import.Packing;

/// <summary>
/// Decodes pictures on all cores and hands them on in the order of their names, so that the same source always
/// gives the same data set. What is in memory at a time is bounded by two budgets, whatever the source holds;
/// who holds a part of the second never waits for the first.
/// </summary>
internal sealed class ImportPipeline(IPictureSource source, ISquareLayout layout, ExcludeList exclude, int size)
{
    private readonly ByteBudget _encoded = new(DecodeBounds.EncodedBudget);
    private readonly ByteBudget _decoded = new(DecodeBounds.DecodeBudget);

    public async Task RunAsync(
        IReadOnlyList<SourceFile> pictures, PixelScratch scratch, ICollection<SkippedPicture> skipped,
        IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<PictureResult>> results = Channel.CreateBounded<Task<PictureResult>>(2 * Environment.ProcessorCount);
        Task feeding = Task.Run(() => FeedAsync(pictures, results.Writer, stop.Token), CancellationToken.None);
        try
        {
            int done = 0;
            await foreach (Task<PictureResult> next in results.Reader.ReadAllAsync(cancellationToken))
            {
                PictureResult result = await next;
                if (result.Skipped is { } why)
                    skipped.Add(why);
                else
                    await scratch.AddAsync(result.Pixels!, cancellationToken);
                progress?.Report(new ImportProgress(++done, pictures.Count, scratch.Count));
            }

            await feeding;
        }
        finally
        {
            // The source is closed after this: nobody may be reading from it any more.
            await stop.CancelAsync();
            await foreach (Task left in results.Reader.ReadAllAsync(CancellationToken.None))
                await left.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FeedAsync(IReadOnlyList<SourceFile> pictures, ChannelWriter<Task<PictureResult>> results, CancellationToken cancellationToken)
    {
        try
        {
            foreach (SourceFile picture in pictures)
            {
                await results.WaitToWriteAsync(cancellationToken);
                Task<PictureResult> result = exclude.Contains(picture.Name)
                    ? Task.FromResult(PictureResult.Skip(picture, SkipReason.Excluded, "the exclude list names it"))
                    : Task.Run(() => ProcessAsync(picture, cancellationToken), cancellationToken);
                await results.WriteAsync(result, CancellationToken.None);
            }
        }
        finally
        {
            results.Complete();
        }
    }

    private async Task<PictureResult> ProcessAsync(SourceFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Length > DecodeBounds.MaxFileBytes)
                throw new PictureRefusedException(SkipReason.TooLarge, $"the file has {file.Length >> 20} MiB, but at most {DecodeBounds.MaxFileBytes >> 20} are allowed");
            using IDisposable encodedShare = await _encoded.TakeAsync(file.Length, cancellationToken);
            using NativeBuffer bytes = new((int)file.Length);
            bytes.Cut(file.Length == 0 ? 0 : source.Read(file, bytes.Span));
            using EncodedPicture encoded = EncodedPicture.Open(bytes);
            SKEncodedOrigin origin = layout.Orient ? encoded.Origin : SKEncodedOrigin.TopLeft;
            (int width, int height) = PixelView.Oriented(encoded.Width, encoded.Height, origin);
            Square square = layout.Choose(file.Name, width, height);
            using IDisposable decodedShare = await _decoded.TakeAsync(encoded.DecodeBytes, cancellationToken);
            using SKBitmap bitmap = encoded.Decode();
            return new PictureResult(SquareSampler.Sample(new PixelView(bitmap, origin), square, size), null);
        }
        catch (PictureRefusedException e)
        {
            return PictureResult.Skip(file, e.Reason, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever decoders and archive readers throw at a picture is about that picture: nothing else is touched here.
            return PictureResult.Skip(file, SkipReason.Damaged, $"it cannot be read: {e.Message}");
        }
    }
}
