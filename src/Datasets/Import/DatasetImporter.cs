using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CatGan.Datasets.Import.Layouts;
using CatGan.Datasets.Import.Packing;
using CatGan.Datasets.Import.Sources;
using CatGan.Storage;

namespace CatGan.Datasets.Import;

/// <summary>
/// Makes a packed data set from pictures. A picture that cannot be used never stops an import: it is counted and
/// named with its reason. Memory stays under 1 GiB whatever the source holds, and a cancelled import leaves nothing.
/// </summary>
/// <param name="time">Clock for the date in the provenance.</param>
public sealed class DatasetImporter(TimeProvider time)
{
    private static readonly string[] s_endings = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp"];

    /// <summary>Imports pictures.</summary>
    /// <param name="request">What and as what.</param>
    /// <param name="store">Where the data set goes.</param>
    /// <param name="progress">Hears of every picture; null for none.</param>
    /// <param name="cancellationToken">Stops the import; the store is left as it was.</param>
    /// <exception cref="DatasetException">The request is faulty, the source cannot be read, or no picture of it can be used.</exception>
    public async Task<ImportSummary> ImportAsync(
        ImportRequest request, IBlobStore store, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(store);
        string? fault = DatasetName.Fault(request.Name) ?? DatasetName.Fault(request.Size);
        if (fault is not null)
            throw new DatasetException(fault);
        string blob = DatasetName.Blob(request.Name, request.Size);
        if (!request.Replace && await store.GetInfoAsync(blob, cancellationToken) is not null)
            throw Exists(request, store);
        ExcludeList exclude = await ExcludeList.ReadAsync(request.ExcludeList, cancellationToken);
        string scratchFolder = request.ScratchFolder ?? Path.GetTempPath();
        using IPictureSource source = await Task.Run(() => PictureSources.Open(request.Source, scratchFolder, cancellationToken), cancellationToken);
        ISquareLayout layout = Choose(request, source);
        SourceFile[] pictures = [.. source.Files.Where(f => IsPicture(f.Name))];
        using PixelScratch scratch = new(scratchFolder);
        List<SkippedPicture> skipped = [];
        await RunAsync(new ImportPipeline(source, layout, exclude, request.Size), pictures, scratch, skipped, progress, cancellationToken);
        ImportSummary summary = new()
        {
            Name = request.Name,
            Size = request.Size,
            Blob = blob,
            Layout = layout.Kind,
            Kept = scratch.Count,
            Skipped = [.. skipped],
            OtherFiles = source.Files.Count - pictures.Length - (layout.Kind == ImportLayout.Cat ? source.Files.Count(f => f.Name.EndsWith(CatLayout.Suffix, StringComparison.Ordinal)) : 0),
            UnmatchedExclusions = exclude.Unmatched,
            ContentHash = scratch.ContentHash,
        };
        if (summary.Kept == 0)
            throw new DatasetException(NothingUsable(request, summary));
        await WriteAsync(request, store, scratch, summary, cancellationToken);
        return summary;
    }

    private static async Task RunAsync(
        ImportPipeline pipeline, SourceFile[] pictures, PixelScratch scratch, List<SkippedPicture> skipped,
        IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.RunAsync(pictures, scratch, skipped, progress, cancellationToken);
        }
        catch (IOException e)
        {
            throw new DatasetException($"The scratch file cannot be written: {e.Message} Give a scratch folder with more room.", e);
        }
    }

    private async Task WriteAsync(ImportRequest request, IBlobStore store, PixelScratch scratch, ImportSummary summary, CancellationToken cancellationToken)
    {
        Dictionary<string, string> metadata = Metadata(request, summary);
        BlobVersion? written = await store.WriteAsync(
            summary.Blob,
            (stream, stop) => PackedPictures.WriteAsync(stream, summary.Kept, summary.Size, metadata, write => scratch.CopyToAsync(write, stop), stop),
            request.Replace ? BlobCondition.Always : BlobCondition.IfAbsent,
            cancellationToken);
        if (written is null)
            throw Exists(request, store);
    }

    private Dictionary<string, string> Metadata(ImportRequest request, ImportSummary summary)
    {
        string version = typeof(DatasetImporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return new()
        {
            [PackedPictures.HashKey] = summary.ContentHash,
            // The name alone: data sets are passed on, and nobody's folders are part of their provenance.
            [PackedPictures.SourceKey] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Source))),
            [PackedPictures.LayoutKey] = summary.Layout.ToString().ToLowerInvariant(),
            [PackedPictures.ImportedAtKey] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["tool"] = $"CatGan {version}",
            ["kept"] = summary.Kept.ToString(CultureInfo.InvariantCulture),
            ["skipped"] = JsonSerializer.Serialize(summary.SkippedByReason.ToDictionary(s => s.Reason.ToString(), s => s.Count)),
        };
    }

    private static ISquareLayout Choose(ImportRequest request, IPictureSource source)
    {
        bool landmarks = source.Files.Any(f => f.Name.EndsWith(CatLayout.Suffix, StringComparison.Ordinal));
        if (request.Layout == ImportLayout.Cat && !landmarks)
            throw new DatasetException($"'{request.Source}' has no {CatLayout.Suffix} landmark files, which layout cat needs: give layout pictures.");
        bool cat = request.Layout == ImportLayout.Cat || (request.Layout == ImportLayout.Auto && landmarks);
        return cat ? new CatLayout(source, request.Size) : new MiddleLayout(request.Size);
    }

    /// <summary>Named like a picture, and not one of the shadows that macOS puts beside every file.</summary>
    private static bool IsPicture(string name)
    {
        string file = name[(name.LastIndexOf('/') + 1)..];
        return s_endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)) && !file.StartsWith("._", StringComparison.Ordinal);
    }

    private static DatasetException Exists(ImportRequest request, IBlobStore store) =>
        new($"data set '{request.Name}' has size {request.Size} in {store.Uri} already: choose another name, or --replace it.");

    private static string NothingUsable(ImportRequest request, ImportSummary summary)
    {
        if (summary.Skipped.IsEmpty)
            return $"'{request.Source}' has no pictures: none of its {summary.OtherFiles} files ends in {string.Join(", ", s_endings)}.";
        IEnumerable<string> reasons = summary.SkippedByReason.Select(s => $"{s.Count} x {s.Reason}");
        SkippedPicture first = summary.Skipped[0];
        return $"None of the {summary.Skipped.Length} pictures of '{request.Source}' can be used ({string.Join(", ", reasons)}); the first, {first.Name}: {first.Detail}.";
    }
}
