using CatGan.Abstractions;

namespace CatGan.Coordinator.Watching;

/// <summary>Lines for a log: one for each change of an experiment's state, and a summary now and then.</summary>
internal sealed class PlainView(TextWriter output, TextWriter notices, TimeProvider time) : IWatchView
{
    private static readonly TimeSpan SummaryEvery = TimeSpan.FromSeconds(15);
    private readonly Dictionary<int, string> states = [];
    private long? summarised;
    private string said = "";

    /// <inheritdoc/>
    public void Say(string line) => notices.WriteLine(line);

    /// <inheritdoc/>
    public async Task<SweepStatus> ShowAsync(IAsyncEnumerable<SweepStatus> statuses)
    {
        SweepStatus? last = null;
        await foreach (SweepStatus status in statuses)
        {
            last = status;
            IReadOnlySet<string> varying = StatusWords.Varying(status);
            foreach (ExperimentStatus experiment in status.Experiments)
                await ShowAsync(experiment, varying, status);
            if (summarised is null || time.GetElapsedTime(summarised.Value) >= SummaryEvery)
                await SummariseAsync(status);
            await output.FlushAsync();
        }
        await SummariseAsync(last!);
        return last!;
    }

    private async Task ShowAsync(ExperimentStatus experiment, IReadOnlySet<string> varying, SweepStatus status)
    {
        string state = StatusWords.State(experiment, status.Phase);
        if (states.GetValueOrDefault(experiment.Number, "waiting") == state)
            return;
        states[experiment.Number] = state;
        string score = experiment.Score is { } value ? $", score {StatusWords.Score(value)}" : "";
        string reason = experiment.Reason is { Length: > 0 } why ? $" ({why})" : "";
        await output.WriteLineAsync(
            $"experiment {experiment.Number} [{StatusWords.Parameters(experiment, varying)}]: {state} at {StatusWords.Progress(experiment, status.BudgetTime)}{score}{reason}");
    }

    private async Task SummariseAsync(SweepStatus status)
    {
        summarised = time.GetTimestamp();
        string summary = StatusWords.Summary(status);
        if (summary != said)
            await output.WriteLineAsync(summary);
        said = summary;
    }
}
