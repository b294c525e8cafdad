using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Datasets;
using CatGan.Datasets.Drawn;
using CatGan.Storage;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan data show NAME</c>: a contact sheet of a data set, and for drawn cats their factors.</summary>
internal static class DataShowCommand
{
    private const int MaxCount = 1024;

    private static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> name = new("NAME") { Description = $"A data set's name, or {DatasetReference.BuiltIn}[?count=4096&seed=1]." };
        Option<int?> size = new("--size") { Description = "Side of the pictures in pixels. [default: the largest imported; 64 for drawn cats]", HelpName = "S" };
        Option<string> file = new("--out") { Description = "The PNG to write.", HelpName = "FILE", DefaultValueFactory = _ => "sheet.png" };
        Option<int> count = new("--count") { Description = $"Pictures on the sheet, spread over the set, 1 to {MaxCount}.", HelpName = "N", DefaultValueFactory = _ => 64 };
        Option<string?> factors = new("--factors") { Description = "Also write what each drawn cat is made of, one JSON object a line.", HelpName = "FILE" };
        Option<string> store = CommonOptions.Store(surroundings);
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxCount)
                result.AddError($"--count is {result.GetValueOrDefault<int>()}, but must be from 1 to {MaxCount}");
        });
        Command command = new("show", "Write a contact sheet of a data set.") { name, size, file, count, factors, store };
        command.SetAction((parse, cancel) => RunAsync(
            surroundings,
            parse.GetRequiredValue(name),
            parse.GetValue(size),
            WholeFile.CheckTarget(surroundings, parse.GetRequiredValue(file)),
            parse.GetValue(count),
            parse.GetValue(factors) is { } list ? WholeFile.CheckTarget(surroundings, list) : null,
            parse.GetRequiredValue(store),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings, string name, int? size, string file, int count, string? factors, string storeUri, CancellationToken cancellationToken)
    {
        DatasetReference reference = DatasetReference.TryParse(name, out IReadOnlyList<string> faults) ?? throw new UserException(ExitCode.BadInput, string.Join("; ", faults));
        if (factors is not null && reference.Drawn is null)
            throw new UserException(ExitCode.BadInput, $"--factors is only for {DatasetReference.BuiltIn}: photographs have none");
        IBlobStore store = StoreOpener.Open(surroundings, storeUri);
        int side = size ?? (reference.Drawn is null ? await LargestAsync(surroundings, store, name, cancellationToken) : 64);
        using PictureSet pictures = await PictureSets.OpenAsync(store, name, side, CacheFolder.Of(surroundings), cancellationToken);
        await using (FileStream png = File.Create(file))
            ContactSheet.Write(pictures, png, count);
        if (factors is not null)
            await File.WriteAllLinesAsync(factors, Lines(reference.Drawn!), cancellationToken);
        surroundings.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {pictures.Count:N0} pictures of {side}x{side}, content {pictures.ContentHash[..12]}"));
        surroundings.Out.WriteLine(file);
        return ExitCode.Done;
    }

    private static async Task<int> LargestAsync(Surroundings surroundings, IBlobStore store, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<DatasetInfo> all = await DatasetCatalogue.ListAsync(store, cancellationToken, fault => surroundings.Error.WriteLine($"note: {fault.Message}"));
        return all.Where(d => d.Name == name).Select(d => d.Size).DefaultIfEmpty(64).Max();
    }

    private static IEnumerable<string> Lines(DrawnCats cats) => Enumerable.Range(0, cats.Count).Select(i => JsonSerializer.Serialize(cats.Factors(i), Json));
}
