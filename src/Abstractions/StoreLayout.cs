using System.Globalization;

namespace CatGan.Abstractions;

/// <summary>The names of all blobs, in one place. See docs/formats.md.</summary>
public static class StoreLayout
{
    /// <summary>Prefix of the markers of unfinished sweeps.</summary>
    public const string ActivePrefix = "active/";

    private const char MarkerNumber = '~';

    /// <summary>Prefix of all sweeps.</summary>
    public const string SweepsPrefix = "sweeps/";

    /// <summary>Prefix of all imported data sets.</summary>
    public const string DatasetsPrefix = "datasets/";

    /// <summary>Where a local silo says how to reach it.</summary>
    public const string LocalEndpoint = "cluster/local.json";

    /// <summary>The id of the cluster that works on the store, drawn once: clusters that share a Redis are told apart by it.</summary>
    public const string ClusterId = "cluster/id";

    /// <summary>Prefix of what is known of the keys of the HTTP API: their hashes, names and roles.</summary>
    public const string KeysPrefix = "keys/";

    /// <summary>What is known of a key.</summary>
    public static string Key(string id) => KeysPrefix + id;

    /// <summary>Prefix of the submissions that were made under a client's own key, so that the same again is the same sweep.</summary>
    public const string RequestsPrefix = "requests/";

    /// <summary>Which sweep a submission became.</summary>
    /// <param name="hash">Hash of who asked and of the key.</param>
    public static string Request(string hash) => RequestsPrefix + hash;

    /// <summary>Marker of an unfinished sweep.</summary>
    /// <param name="sweep">Its id.</param>
    /// <param name="marker">0 for the first; another number each time that the sweep goes on after its end.</param>
    public static string Active(string sweep, int marker = 0) => marker == 0 ? ActivePrefix + sweep : Invariant($"{ActivePrefix}{sweep}{MarkerNumber}{marker}");

    /// <summary>The sweep that a marker is of, and which of its markers it is.</summary>
    public static (string Sweep, int Marker) OfActive(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int number = name.LastIndexOf(MarkerNumber);
        return number > ActivePrefix.Length && int.TryParse(name.AsSpan(number + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int marker)
            ? (name[ActivePrefix.Length..number], marker)
            : (name[ActivePrefix.Length..], 0);
    }

    /// <summary>Folder of a sweep, with a trailing slash.</summary>
    public static string Sweep(string sweep) => $"{SweepsPrefix}{sweep}/";

    /// <summary>The spec as it was submitted.</summary>
    public static string Spec(string sweep) => Sweep(sweep) + "spec.yaml";

    /// <summary>Folder of a sweep's journal, with a trailing slash.</summary>
    public static string Journal(string sweep) => Sweep(sweep) + "journal/";

    /// <summary>Written and deleted to see whether the store takes checkpoints again.</summary>
    public static string Probe(string sweep) => Sweep(sweep) + "probe";

    /// <summary>What a list shows of a sweep that has ended; to be believed only while it has no marker.</summary>
    public static string Summary(string sweep) => Sweep(sweep) + "summary.json";

    /// <summary>The report for a person.</summary>
    public static string Report(string sweep) => Sweep(sweep) + "report.html";

    /// <summary>Folder of an experiment, with a trailing slash.</summary>
    public static string Experiment(string sweep, int number) => Invariant($"{Sweep(sweep)}experiments/{number}/");

    /// <summary>Reports of one attempt, one JSON object a line.</summary>
    public static string Curve(string sweep, int number, int epoch) => Invariant($"{Experiment(sweep, number)}curve-{epoch}.jsonl");

    /// <summary>What happened in one attempt, stack traces included.</summary>
    public static string Log(string sweep, int number, int epoch) => Invariant($"{Experiment(sweep, number)}log-{epoch}.txt");

    /// <summary>A sample grid: fixed z, averaged generator.</summary>
    public static string Samples(string sweep, int number, long images, int epoch) =>
        Invariant($"{Experiment(sweep, number)}samples/{images:D12}-{epoch}.png");

    /// <summary>A TensorBoard event file; each attempt leaves one of its own, and TensorBoard shows them as one run.</summary>
    public static string Events(string sweep, int number, string file) => $"{Experiment(sweep, number)}tensorboard/{file}";

    /// <summary>Folder of an experiment's checkpoints, with a trailing slash.</summary>
    public static string Checkpoints(string sweep, int number) => Experiment(sweep, number) + "checkpoints/";

    /// <summary>A checkpoint, named by what it holds.</summary>
    public static string Checkpoint(string sweep, int number, long images, int epoch, string sha256) =>
        Invariant($"{Checkpoints(sweep, number)}{images:D12}-{epoch}-{sha256}.safetensors");

    /// <summary>A packed data set.</summary>
    public static string Dataset(string name, int size) => Invariant($"{DatasetsPrefix}{name}/{size}.safetensors");

    /// <summary>Result of a picture job; whoever asked for it deletes it after reading.</summary>
    public static string Job(Guid job, string extension) => $"jobs/{job:N}.{extension}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
