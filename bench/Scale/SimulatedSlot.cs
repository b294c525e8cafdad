using System.Collections.Immutable;
using System.Diagnostics;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Grains;

namespace CatGan.Bench.Scale;

/// <summary>
/// One slot that trains nothing: it pulls an assignment, begins the attempt, sends each rung's score when the answer to
/// the one before is there, ends the experiment and frees itself. The messages are those of the silo's own worker.
/// </summary>
internal sealed class SimulatedSlot(string key, GrainReferences grains, SimulatedLoad load)
{
    private readonly IGpuWorkerGrain _mailbox = grains.Slot(key);
    private Assignment? _assignment;

    /// <summary>What the slot tells the pool about itself.</summary>
    public SlotClaim Claim => new(key, Volatile.Read(ref _assignment));

    /// <summary>Works until it is cancelled.</summary>
    public async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (await _mailbox.Pull(stopping) is not { } assignment || stopping.IsCancellationRequested)
                continue;
            Volatile.Write(ref _assignment, assignment);
            await DoAsync(assignment);
            Volatile.Write(ref _assignment, null);
            await _mailbox.Complete(assignment.Id, null);
        }
    }

    private async Task DoAsync(Assignment assignment)
    {
        IExperimentGrain experiment = grains.Experiment(assignment.Sweep, assignment.Experiment);
        BeginAnswer begin = await experiment.Begin(assignment, CancellationToken.None);
        if (begin.Order is not { } order)
            return;
        load.Started(order);
        ISweepJournalGrain journal = grains.Journal(assignment.Sweep);
        foreach (long images in order.Plan.Rungs)
        {
            ImmutableSortedDictionary<string, double> scores = SimulatedLoad.Scores(order, images);
            if (load.Live)
                await experiment.Report(order.Epoch, [SimulatedLoad.Point(images, scores)], CancellationToken.None);
            long started = Stopwatch.GetTimestamp();
            RecordAnswer answer = await journal.Record(assignment.Experiment, [new RungNews(order.Epoch, images, scores)], CancellationToken.None);
            load.Rungs.Add(started);
            if (!answer.Recorded)
                return;
        }
        long budget = order.Plan.BudgetImages;
        EndedNews end = new(order.Epoch, Outcome.Completed, null)
        {
            Images = budget,
            Updates = budget / 64,
            Seconds = budget / 1000.0,
            Scores = SimulatedLoad.Scores(order, budget),
        };
        if ((await experiment.Record([end], CancellationToken.None)).Recorded)
            load.Ended();
    }
}
