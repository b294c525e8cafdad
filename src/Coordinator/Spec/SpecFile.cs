using System.Text;
using CatGan.Coordinator.App;
using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>A spec as a file.</summary>
/// <param name="Path">As the person typed it, for messages.</param>
/// <param name="Yaml">Its text.</param>
/// <param name="Definition">What it says.</param>
/// <param name="Places">Where it says so.</param>
internal sealed record SpecFile(string Path, string Yaml, SweepDefinition Definition, SpecPlaces Places)
{
    private const int MaxBytes = 1 << 20;
    private const int Few = 5;
    private const string Has = " has ";

    /// <summary>Reads and checks a spec.</summary>
    /// <exception cref="UserException">It cannot be read, or has faults; the message lists them.</exception>
    public static SpecFile Load(Surroundings surroundings, string typed) => Read(typed, Text(surroundings.Path(typed), typed));

    /// <summary>Checks the text of a spec.</summary>
    /// <param name="typed">What messages call it.</param>
    /// <param name="yaml">The text.</param>
    /// <exception cref="UserException">It has faults; the message lists them.</exception>
    public static SpecFile Read(string typed, string yaml)
    {
        SpecReading reading = SpecReader.Read(yaml);
        return reading.Definition is { } definition ? new(typed, yaml, definition, reading.Places) : throw Faulty(typed, reading.Faults);
    }

    /// <summary>The exception that lists faults.</summary>
    public static UserException Faulty(string typed, IReadOnlyList<PlacedFault> faults) => new(
        ExitCode.BadInput, Words(typed, faults, int.MaxValue), "docs/spec.md has every key, range and default")
    {
        Faults = faults,
        Brief = Words(typed, faults, Few),
    };

    /// <summary>What the message of such an exception calls the spec.</summary>
    public static string NameIn(string message) => message.IndexOf(Has, StringComparison.Ordinal) is > 0 and var end ? message[..end] : "the spec";

    private static string Words(string typed, IReadOnlyList<PlacedFault> faults, int most)
    {
        string count = faults.Count switch
        {
            1 => "a fault",
            > FaultList.Most => $"more than {FaultList.Most} faults",
            _ => $"{faults.Count} faults",
        };
        string rest = faults.Count > most ? "\n  …" : "";
        return $"{typed}{Has}{count}{string.Concat(faults.Take(most).Select(f => "\n  " + f.Word(typed)))}{rest}";
    }

    private static string Text(string path, string typed)
    {
        if (Directory.Exists(path))
            throw new UserException(ExitCode.BadInput, $"{typed} is a folder, but must be a YAML file");
        if (!File.Exists(path))
            throw new UserException(ExitCode.BadInput, $"there is no file {typed}", "examples/ holds specs to start from");
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[MaxBytes + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MaxBytes)
            throw new UserException(ExitCode.BadInput, $"{typed} is larger than 1 MiB, but a spec is a few lines of YAML");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new UserException(ExitCode.BadInput, $"{typed} is not text in UTF-8", "save it as UTF-8");
        }
    }
}
