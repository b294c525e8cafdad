using System.Collections.Immutable;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Sweeps;
using CatGan.Search;

namespace CatGan.Grains.Tests.Sweeps;

public class SweepActionsTests
{
    private readonly Hands _hands = new();
    private readonly List<SweepAction> _faults = [];

    [Fact]
    public void Add_OneExperimentHangs_OthersGoOnAndItsOwnWait()
    {
        SweepActions actions = new(_hands, (_, _) => { });
        TaskCompletionSource hold = _hands.Hold(1);
        actions.Add([new StartExperiment(1, 1), new StopExperiment(1, "why", Keep: false), new StartExperiment(2, 1)]);
        Assert.Equal(["start 1", "start 2"], _hands.Done);
        hold.SetResult();
        Assert.Equal(["start 1", "start 2", "Stop 1"], _hands.Done);
        Assert.True(actions.Idle);
    }

    [Fact]
    public void Add_Thousands_PerformsAFewAtATimeAndAllOfThem()
    {
        SweepActions actions = new(_hands, (_, _) => { });
        List<TaskCompletionSource> holds = [.. Enumerable.Range(1, 5000).Select(_hands.Hold)];
        actions.Add([.. Enumerable.Range(1, 5000).Select(n => new StartExperiment(n, 1))]);
        Assert.Equal(SweepActions.AtOnce, _hands.Done.Count);
        holds.ForEach(h => h.SetResult());
        Assert.Equal(Enumerable.Range(1, 5000).Select(n => $"start {n}"), _hands.Done);
        Assert.True(actions.Idle);
    }

    [Fact]
    public void Add_ManyThatEndAtOnce_DoesNotGrowTheStack()
    {
        SweepActions actions = new(_hands, (_, _) => { });
        actions.Add([.. Enumerable.Range(1, 100_000).Select(n => new StartExperiment(n, 1))]);
        Assert.Equal(100_000, _hands.Done.Count);
        Assert.True(actions.Idle);
    }

    [Fact]
    public void Add_OneFails_IsToldAndTheNextIsPerformed()
    {
        SweepActions actions = new(_hands, (action, _) => _faults.Add(action));
        _hands.Hold(1).SetException(new TimeoutException());
        actions.Add([new StartExperiment(1, 1), new FinishSweep()]);
        Assert.Equal([new StartExperiment(1, 1)], _faults);
        Assert.Equal(["start 1", "finish"], _hands.Done);
    }

    [Fact]
    public void Complete_WhileSomeAreHeld_PerformsNoMore()
    {
        SweepActions actions = new(_hands, (_, _) => { });
        TaskCompletionSource hold = _hands.Hold(1);
        actions.Add([new StartExperiment(1, 1), new StopExperiment(1, "why", Keep: true)]);
        actions.Complete();
        hold.SetResult();
        actions.Add([new StartExperiment(2, 1)]);
        Assert.Equal(["start 1"], _hands.Done);
    }

    private sealed class Hands : ISweepHands
    {
        private readonly Dictionary<int, TaskCompletionSource> _holds = [];

        public List<string> Done { get; } = [];

        /// <summary>Holds the experiment's first action.</summary>
        public TaskCompletionSource Hold(int experiment) => _holds[experiment] = new TaskCompletionSource();

        public Task StartAsync(StartExperiment start) => DoAsync($"start {start.Number}", start.Number);

        public Task StopAsync(int experiment, AttemptCommand command, string reason) => DoAsync($"{command} {experiment}", experiment);

        public Task DeleteAsync(int experiment, ImmutableArray<string> blobs) => DoAsync($"delete {experiment}", experiment);

        public Task SendAsync(int notice) => DoAsync($"send {notice}", 0);

        public Task FinishAsync() => DoAsync("finish", 0);

        private Task DoAsync(string what, int experiment)
        {
            Done.Add(what);
            return _holds.Remove(experiment, out TaskCompletionSource? hold) ? hold.Task : Task.CompletedTask;
        }
    }
}
