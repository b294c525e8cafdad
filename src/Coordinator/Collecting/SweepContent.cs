using System.Globalization;
using System.Text.RegularExpressions;
using CatGan.Abstractions;
using CatGan.Storage;

namespace CatGan.Coordinator.Collecting;

/// <summary>What lies under a sweep, as far as a search for garbage asks.</summary>
internal sealed partial class SweepContent(string sweep)
{
    /// <summary>Id of the sweep.</summary>
    public string Sweep => sweep;

    /// <summary>True when anything of a journal is there.</summary>
    public bool HasJournal { get; private set; }

    /// <summary>True when something was written lately.</summary>
    public bool HasYoung { get; private set; }

    /// <summary>Blobs that are old enough.</summary>
    public List<BlobInfo> Old { get; } = [];

    /// <summary>Those of them that are named as checkpoints.</summary>
    public List<StoredCheckpoint> OldCheckpoints { get; } = [];

    /// <summary>Takes a blob in.</summary>
    public void Add(BlobInfo blob, bool isOld)
    {
        HasJournal |= blob.Name.StartsWith(StoreLayout.Journal(sweep), StringComparison.Ordinal);
        HasYoung |= !isOld;
        if (!isOld)
            return;
        Old.Add(blob);
        int start = StoreLayout.Sweep(sweep).Length;
        if (Name().Match(blob.Name, start, blob.Name.Length - start) is { Success: true } match)
            OldCheckpoints.Add(new(blob, Whole(match.Groups["n"]), Whole(match.Groups["epoch"])));
    }

    private static int Whole(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\Gexperiments/(?<n>[0-9]{1,9})/checkpoints/[0-9]{1,18}-(?<epoch>[0-9]{1,9})-[0-9a-f]+\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

/// <summary>A blob that is named as a checkpoint.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Experiment">Number of the experiment.</param>
/// <param name="Epoch">The attempt that wrote it.</param>
internal sealed record StoredCheckpoint(BlobInfo Blob, int Experiment, int Epoch);
