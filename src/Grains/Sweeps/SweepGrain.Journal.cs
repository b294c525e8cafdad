using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Workers;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Sweeps;

internal sealed partial class SweepGrain : ISweepJournalGrain
{
    private const int LogLines = 3;
    private readonly Dictionary<int, Guid> _begun = [];

    public async Task<BeginAnswer> BeginAttempt(int experiment, Assignment assignment, CancellationToken cancellationToken)
    {
        _ledger.ThrowIfBroken();
        if (_ledger.Sweep is null || Find(experiment) is not { } before)
            return new BeginAnswer(null, $"there is no experiment {experiment} of a sweep {Id}");
        // Asked again, because the first answer was too long in coming.
        if (before.Stage == ExperimentStage.Running && _begun.TryGetValue(experiment, out Guid begunBy) && begunBy == assignment.Id)
        {
            await _ledger.FlushedAsync();
            return new BeginAnswer(SweepViews.Order(Id, Sweep, Find(experiment)!), null);
        }
        // The pool gave it away again, so that whoever had it has lost its lease, whether it knows that or not.
        string reason = before.Stage == ExperimentStage.Running ? await WithLogAsync(before, LossRule.WorkerLost) : "";
        before = Find(experiment)!;
        Task lost = before.Stage == ExperimentStage.Running
            ? _ledger.CommitAsync(new AttemptLost(timing.Now, experiment, before.Epoch, reason, LossCause.WorkerLost))
            : Task.CompletedTask;
        AttemptStarted started = new(timing.Now, experiment, before.Epoch + 1, assignment.Slot, assignment.Alone);
        if ((Sweep.Refusal(started) ?? RefusalOfCompany(experiment, assignment)) is { } refusal)
        {
            await lost;
            return new BeginAnswer(null, refusal);
        }
        Task begun = _ledger.CommitAsync(started);
        _begun[experiment] = assignment.Id;
        AttemptOrder order = SweepViews.Order(Id, Sweep, Find(experiment)!);
        await lost;
        await begun;
        return new BeginAnswer(order, null);
    }

    // It became a suspect after it was asked for: the sweep asks for it again, alone.
    private string? RefusalOfCompany(int experiment, Assignment assignment) => Find(experiment)!.Alone && !assignment.Alone
        ? $"experiment {experiment} must run alone: its worker was lost {Find(experiment)!.LossesInARow} times without a checkpoint in between"
        : null;

    public async Task<RecordAnswer> Record(int experiment, ImmutableArray<AttemptNews> news, CancellationToken cancellationToken)
    {
        _ledger.ThrowIfBroken();
        _ = Sweep; // throws where there is none
        if (news is [LeftNews { Cause: LeftCause.WorkerLost } lost] && Find(experiment) is { } found)
            news = [lost with { Reason = await WithLogAsync(found, lost.Reason) }];
        // All of one call in one batch: a rung's checkpoint without its score would resume past the rung, never scored.
        if (news.OfType<LeftNews>().FirstOrDefault(n => n.Cause == LeftCause.StoreFailed) is { } unstored)
            HoldBecause(unstored.Reason);
        string? refusal = await _ledger.CommitAcceptedAsync(news.Select(n => SweepNews.Event(timing.Now, experiment, n)));
        if (Find(experiment) is { Stage: not ExperimentStage.Running } left)
        {
            // Of one that goes on later, the last score is still worth knowing.
            if (left.Stage == ExperimentStage.Ended)
                _live.Remove(experiment);
            _begun.Remove(experiment);
        }
        return new RecordAnswer(refusal is null, refusal);
    }

    // Of a lone attempt that vanished, its log is all that is known.
    private async Task<string> WithLogAsync(Experiment experiment, string reason)
    {
        if (experiment.Attempts.IsEmpty || !experiment.Attempts[^1].Alone)
            return reason;
        try
        {
            string? text = await store.ReadTextAsync(StoreLayout.Log(Id, experiment.Number, experiment.Epoch)).WaitAsync(timing.WriteTimeout, timing.Time);
            string tail = string.Join(" | ", (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LogLines));
            return tail.Length > 0 ? $"{reason}; its log ends with: {tail}" : reason;
        }
        catch (Exception fault) when (StoreRetry.MayPass(fault))
        {
            return $"{reason}; its log could not be read: {fault.Message}";
        }
    }

    public Task<AttemptView> GetAttempt(int experiment, CancellationToken cancellationToken) => Task.FromResult(
        Find(experiment) is { } found
            ? SweepViews.Attempt(Sweep, found)
            : new AttemptView(ExperimentPhase.Ended, 0, AttemptCommand.Stop, $"there is no experiment {experiment}"));

    public Task<ImmutableArray<CheckpointRef>> GetCheckpoints(int experiment, CancellationToken cancellationToken) =>
        Task.FromResult(Find(experiment) is { } found ? SweepViews.Checkpoints(found) : []);

    public Task Progress(int experiment, LiveProgress progress)
    {
        if (Find(experiment) is { Stage: ExperimentStage.Running } running && running.Epoch == progress.Epoch)
        {
            _live[experiment] = progress;
            _telemetry.Reported();
        }
        return Task.CompletedTask;
    }

    private Experiment? Find(int experiment) =>
        experiment >= 1 && experiment <= Sweep.Experiments.Count ? Sweep.Experiments[experiment - 1] : null;
}
