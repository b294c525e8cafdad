using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Search;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// One experiment while it waits or runs. All it knows it can ask again: its sweep's journal has the epoch, the pool
/// has the lease, the sweep's next round tells what it should do.
/// </summary>
[Reentrant]
internal sealed class ExperimentGrain(GrainReferences grains, GrainsMeters meters, ILogger<ExperimentGrain> log) : Grain, IExperimentGrain
{
    private string _sweep = "";
    private int _number;
    private AttemptView? _known;

    private ISweepJournalGrain Journal => field ??= grains.Journal(_sweep);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_sweep, _number) = ExperimentKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task Start(SlotRequest request, CancellationToken cancellationToken)
    {
        _known = _known is { } known ? known with { Command = AttemptCommand.Continue, Reason = null } : null;
        return grains.Pool.Request(request);
    }

    public async Task Stop(AttemptCommand command, string reason, CancellationToken cancellationToken)
    {
        AttemptView known = await KnownAsync(cancellationToken);
        _known = known with { Command = command, Reason = reason };
        // Nobody trains it any more: there is no worker left that could tell that it has stopped.
        if (await grains.Pool.Withdraw(_sweep, _number) == Holding.Free && known.Phase == ExperimentPhase.Running)
            await Record([new LeftNews(known.Epoch, LossRule.WorkerLost, LeftCause.WorkerLost)], cancellationToken);
    }

    public async Task<BeginAnswer> Begin(Assignment assignment, CancellationToken cancellationToken)
    {
        BeginAnswer answer = await Journal.BeginAttempt(_number, assignment, cancellationToken);
        if (answer.Order is { } order && order.Epoch > (_known?.Epoch ?? 0))
            _known = new AttemptView(ExperimentPhase.Running, order.Epoch, AttemptCommand.Continue, null);
        return answer;
    }

    public async Task<ReportAnswer> Report(int epoch, ImmutableArray<CurvePoint> points, CancellationToken cancellationToken)
    {
        AttemptView known = await KnownAsync(cancellationToken);
        if (epoch > known.Epoch)
            known = await AskAsync(cancellationToken);
        if (epoch != known.Epoch || known.Phase != ExperimentPhase.Running)
        {
            meters.Refused(GrainsMeters.Report);
            return new ReportAnswer(AttemptCommand.Stop, $"attempt {epoch} is over, the newest is {known.Epoch}", Stale: true);
        }
        if (!points.IsEmpty)
            Journal.Progress(_number, Progress(epoch, points[^1])).Ignore();
        return new ReportAnswer(known.Command, known.Reason, Stale: false);
    }

    public async Task<RecordAnswer> Record(ImmutableArray<AttemptNews> news, CancellationToken cancellationToken)
    {
        RecordAnswer answer = await Journal.Record(_number, news, cancellationToken);
        if (!answer.Recorded)
        {
            // Here and not at the journal: what a worker tells that directly comes by here too when it is refused.
            meters.Refused(GrainsMeters.Record);
            log.LogInformation("News of {Sweep}/{Number} is refused: {Reason}", _sweep, _number, answer.Refusal);
        }
        if (news.Any(n => n is LeftNews or EndedNews) || !answer.Recorded)
            _known = null;
        if (answer.Recorded && news.Any(n => n is EndedNews))
            DeactivateOnIdle();
        return answer;
    }

    public async Task LeaseLost(Assignment assignment, string reason, CancellationToken cancellationToken)
    {
        AttemptView known = await KnownAsync(cancellationToken);
        if (known.Phase == ExperimentPhase.Running)
            await Record([new LeftNews(known.Epoch, reason, LeftCause.WorkerLost)], cancellationToken);
    }

    private async Task<AttemptView> KnownAsync(CancellationToken cancellationToken) => _known ?? await AskAsync(cancellationToken);

    private async Task<AttemptView> AskAsync(CancellationToken cancellationToken)
    {
        AttemptView asked = await Journal.GetAttempt(_number, cancellationToken);
        // A start may have been journaled while this question was under way.
        if (_known is null || asked.Epoch >= _known.Epoch)
            _known = asked;
        return _known;
    }

    private static LiveProgress Progress(int epoch, CurvePoint point) => new(
        epoch, point.Images, point.ImagesPerSecond, point.Scores.ToImmutableSortedDictionary(s => s.Key, s => s.Value.Value));
}
