using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

internal sealed partial class SweepGrain : ISweepJournalGrain
{
    public async Task<BeginAnswer> BeginAttempt(int experiment, string worker, CancellationToken cancellationToken)
    {
        _ledger.ThrowIfBroken();
        if (Find(experiment) is not { } before)
            return new BeginAnswer(null, $"there is no experiment {experiment}");
        // The pool gave it away again, so that whoever had it has lost its lease, whether it knows that or not.
        Task lost = before.Stage == ExperimentStage.Running
            ? _ledger.CommitAsync(new AttemptLost(timing.Now, experiment, before.Epoch, LossRule.WorkerLost))
            : Task.CompletedTask;
        AttemptStarted started = new(timing.Now, experiment, before.Epoch + 1, worker);
        if (Sweep.Refusal(started) is { } refusal)
        {
            await lost;
            return new BeginAnswer(null, refusal);
        }
        Task begun = _ledger.CommitAsync(started);
        if (LossRule.Verdict(Find(experiment)!) is { } reason)
        {
            await lost;
            await begun;
            return await GiveUpAsync(experiment, before.Epoch + 1, reason);
        }
        AttemptOrder order = SweepViews.Order(Id, Sweep.Definition, Find(experiment)!);
        await lost;
        await begun;
        return new BeginAnswer(order, null);
    }

    private async Task<BeginAnswer> GiveUpAsync(int experiment, int epoch, string reason)
    {
        await Record(experiment, [new EndedNews(epoch, Outcome.Failed, reason)], CancellationToken.None);
        return new BeginAnswer(null, reason);
    }

    public async Task<RecordAnswer> Record(int experiment, ImmutableArray<AttemptNews> news, CancellationToken cancellationToken)
    {
        _ledger.ThrowIfBroken();
        _ = Sweep; // throws where there is none
        // All of one call in one batch: a rung's checkpoint without its score would resume past the rung, never scored.
        string? refusal = await _ledger.CommitAcceptedAsync(news.Select(n => SweepNews.Event(timing.Now, experiment, n)));
        if (Find(experiment) is { Stage: not ExperimentStage.Running })
            _live.Remove(experiment);
        return new RecordAnswer(refusal is null, refusal);
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
            _live[experiment] = progress;
        return Task.CompletedTask;
    }

    private Experiment? Find(int experiment) =>
        experiment >= 1 && experiment <= Sweep.Experiments.Count ? Sweep.Experiments[experiment - 1] : null;
}
