using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Datasets;
using CatGan.Datasets.Import;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan data import SOURCE</c>: makes a data set of pictures.</summary>
internal static class DataImportCommand
{
    private const int NamedSkips = 10;

    private static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> source = new("SOURCE") { Description = "A folder, tar, tar.gz or zip of pictures (JPEG, PNG, WebP, GIF, BMP), or the CAT dataset with its .cat landmarks." };
        Option<string> name = new("--name") { Description = "Name of the data set, as specs will call it.", HelpName = "NAME", Required = true };
        Option<int> size = new("--size")
        {
            Description = $"Side of the squares in pixels, {DatasetReference.MinSize} to {DatasetReference.MaxSize}.",
            HelpName = "S",
            DefaultValueFactory = _ => 64,
        };
        Option<string?> exclude = new("--exclude") { Description = "A text file of pictures to leave out, one name a line.", HelpName = "LIST" };
        Option<string> layout = new("--layout")
        {
            Description = "pictures: the middle square; cat: faces turned upright by landmarks; auto: cat where there are landmarks.",
            DefaultValueFactory = _ => "auto",
        };
        layout.AcceptOnlyFromAmong("auto", "pictures", "cat");
        Option<bool> replace = new("--replace") { Description = "Replace a data set of the same name and size. Sweeps that were pinned to it cannot go on." };
        Option<string?> scratch = new("--scratch") { Description = "Folder for scratch files, as large as the result. [default: the system's]", HelpName = "FOLDER" };
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("Print the summary as one JSON object, with every picture left out.");
        name.Validators.Add(r => AddError(r, r.GetValueOrDefault<string>() is { } text ? DatasetName.Fault(text) : null));
        size.Validators.Add(r => AddError(r, DatasetName.Fault(r.GetValueOrDefault<int>())));
        Command command = new("import", "Make a data set of pictures.") { source, name, size, exclude, layout, replace, scratch, store, json };
        command.SetAction((parse, cancel) => RunAsync(
            surroundings,
            new ImportRequest
            {
                Source = surroundings.Path(parse.GetRequiredValue(source)),
                Name = parse.GetRequiredValue(name),
                Size = parse.GetValue(size),
                Layout = Enum.Parse<ImportLayout>(parse.GetRequiredValue(layout), ignoreCase: true),
                ExcludeList = parse.GetValue(exclude) is { } list ? surroundings.Path(list) : null,
                Replace = parse.GetValue(replace),
                ScratchFolder = parse.GetValue(scratch) is { } folder ? surroundings.Path(folder) : null,
            },
            parse.GetRequiredValue(store),
            parse.GetValue(json),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, ImportRequest request, string storeUri, bool json, CancellationToken cancellationToken)
    {
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        ImportSummary summary;
        try
        {
            using ImportBar bar = new(surroundings);
            summary = await new DatasetImporter(surroundings.Time).ImportAsync(request, store, bar, cancellationToken);
        }
        catch (DatasetException e)
        {
            throw new UserException(ExitCode.Failed, e.Message);
        }
        if (json)
            surroundings.Out.WriteLine(JsonSerializer.Serialize(ForScripts(summary), Json));
        else
            Tell(surroundings, summary);
        return ExitCode.Done;
    }

    private static void Tell(Surroundings surroundings, ImportSummary summary)
    {
        string skipped = summary.Skipped.Length == 0 ? "" : $", {summary.Skipped.Length.ToString("N0", CultureInfo.InvariantCulture)} left out";
        surroundings.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{summary.Name} at {summary.Size}x{summary.Size}: {summary.Kept:N0} pictures{skipped} (content {summary.ContentHash[..12]})"));
        foreach ((SkipReason reason, int count) in summary.SkippedByReason)
        {
            surroundings.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count:N0} {Words(reason)}"));
            foreach (SkippedPicture picture in summary.Skipped.Where(s => s.Reason == reason).Take(NamedSkips))
                surroundings.Out.WriteLine(reason == SkipReason.Excluded ? $"    {picture.Name}" : $"    {picture.Name}: {picture.Detail}");
            if (count > NamedSkips)
                surroundings.Out.WriteLine($"    and {count - NamedSkips} more; --json names all");
        }
        if (summary.OtherFiles > 0)
            surroundings.Out.WriteLine($"  {summary.OtherFiles} other files are not named like pictures and were not looked at");
        if (summary.UnmatchedExclusions.Length > 0)
            surroundings.Error.WriteLine($"note: {summary.UnmatchedExclusions.Length} lines of the exclude list match no picture, the first: {summary.UnmatchedExclusions[0]}");
    }

    private static string Words(SkipReason reason) => reason switch
    {
        SkipReason.Excluded => "named by the exclude list",
        SkipReason.Empty => "empty",
        SkipReason.NotAPicture => "no pictures, whatever their names say",
        SkipReason.Damaged => "damaged or cut off",
        SkipReason.TooLarge => "too large to decode safely",
        SkipReason.TooSmall => "too small",
        SkipReason.NoLandmarks => "without landmarks",
        SkipReason.BadLandmarks => "with damaged landmarks",
        _ => "faces too far outside of their photographs",
    };

    private static object ForScripts(ImportSummary summary) => new
    {
        summary.Name,
        summary.Size,
        summary.Blob,
        Layout = summary.Layout.ToString().ToLowerInvariant(),
        summary.Kept,
        summary.OtherFiles,
        summary.ContentHash,
        summary.UnmatchedExclusions,
        SkippedByReason = summary.SkippedByReason.ToDictionary(s => s.Reason.ToString(), s => s.Count),
        Skipped = summary.Skipped.Select(s => new { s.Name, Reason = s.Reason.ToString(), s.Detail }),
    };

    private static void AddError(System.CommandLine.Parsing.OptionResult result, string? fault)
    {
        if (fault is not null)
            result.AddError(fault);
    }
}
