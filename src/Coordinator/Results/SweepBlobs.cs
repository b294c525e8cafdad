using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CatGan.Coordinator.Results;

/// <summary>What lies under a sweep's experiments, by experiment; blobs of other kinds are passed over.</summary>
internal sealed partial class SweepBlobs(string prefix)
{
    private readonly Dictionary<int, List<int>> _curves = [];
    private readonly Dictionary<int, List<int>> _logs = [];
    private readonly Dictionary<int, List<SampleBlob>> _samples = [];

    /// <summary>Prefix of all names.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>Takes a name in.</summary>
    public void Add(string name)
    {
        Match match = Name().Match(name, Prefix.Length, name.Length - Prefix.Length);
        if (!match.Success)
            return;
        int experiment = Whole(match.Groups["n"]), epoch = Whole(match.Groups["epoch"]);
        if (match.Groups["images"] is { Success: true } images)
            Into(_samples, experiment).Add(new SampleBlob(name, long.Parse(images.ValueSpan, CultureInfo.InvariantCulture), epoch));
        else
            Into(match.Groups["kind"].Value == "curve" ? _curves : _logs, experiment).Add(epoch);
    }

    /// <summary>Attempts of an experiment that have a curve.</summary>
    public IReadOnlyList<int> CurveEpochs(int experiment) => _curves.GetValueOrDefault(experiment) ?? [];

    /// <summary>Attempts of an experiment that have a log.</summary>
    public IReadOnlyList<int> LogEpochs(int experiment) => _logs.GetValueOrDefault(experiment) ?? [];

    /// <summary>Every sample grid of an experiment.</summary>
    public ImmutableArray<SampleBlob> Samples(int experiment) => [.. _samples.GetValueOrDefault(experiment) ?? []];

    private static List<T> Into<T>(Dictionary<int, List<T>> all, int experiment) =>
        all.TryGetValue(experiment, out List<T>? list) ? list : all[experiment] = [];

    private static int Whole(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\G(?<n>[0-9]{1,9})/(?:(?<kind>curve|log)-(?<epoch>[0-9]{1,9})\.(?:jsonl|txt)|samples/(?<images>[0-9]{1,18})-(?<epoch>[0-9]{1,9})\.png)$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
