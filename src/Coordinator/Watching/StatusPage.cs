using CatGan.Abstractions;

namespace CatGan.Coordinator.Watching;

/// <summary>A status printed once: the summary and a line for each experiment.</summary>
internal static class StatusPage
{
    /// <summary>Its lines.</summary>
    public static IEnumerable<string> Lines(SweepStatus status)
    {
        IReadOnlySet<string> varying = StatusWords.Varying(status);
        yield return status.Sweep;
        yield return StatusWords.Summary(status);
        yield return "";
        List<string[]> table = [["#", "configuration", "state", "images", "score", "attempts", "note"]];
        table.AddRange(status.Experiments.Select(e => (string[])
        [
            $"{e.Number}", StatusWords.Parameters(e, varying), StatusWords.State(e, status.Phase),
            StatusWords.Share(e) is { } share ? $"{e.Images:N0} ({share * 100:N0}%)" : $"{e.Images:N0}",
            StatusWords.Score(e.Score), $"{e.Attempts}", e.Reason ?? "",
        ]));
        foreach (string line in TextTable.Lines(table))
            yield return line;
    }
}
