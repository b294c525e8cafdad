using System.Diagnostics.Metrics;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Tests.Support;
using CatGan.Search;
using CatGan.Training;

namespace CatGan.Grains.Tests.Workers;

/// <summary>Workers that the pool does not answer.</summary>
public class LeaseTests
{
    private readonly MemoryBlobStore _store = new();

    [Fact]
    public async Task Beat_NobodyRenewsTheLease_RunStopsByItselfAndItsExperimentGoesOnLater()
    {
        DeafPool pool = new();
        TaskCompletionSource running = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeTrainers trainers = new()
        {
            BeforeBatch = (order, images, ask) =>
            {
                if (order.Epoch > 1 || images != 500)
                    return;
                running.TrySetResult();
                using ManualResetEventSlim never = new();
                while (ask() == TrainingCommand.Continue)
                    never.Wait(millisecondsTimeout: 1);
                told.TrySetResult();
            },
        };
        // The lease itself stays long: a busy machine that runs tests loses none.
        GrainsTiming timing = TestCluster.Timing with { StopAfter = TimeSpan.FromSeconds(1) };
        await using TestCluster cluster = await TestCluster.StartAsync(_store, slots: 1, timing, trainers, pool);
        long blamed = 0;
        using MeterListener listener = Listen(cluster, ["catgan.store.failures", "catgan.checkpoint.lost"], count => Interlocked.Add(ref blamed, count));
        await cluster.Sweep("s").Submit(Support.Sweeps.Submission(Support.Sweeps.Definition(1)), CancellationToken.None);
        await running.Task.WaitAsync(TimeSpan.FromSeconds(30));
        pool.Deaf = true;
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        pool.Deaf = false;
        await _store.FinishedAsync("s");
        Experiment experiment = (await Support.Sweeps.StateAsync(_store, "s")).Experiments[0];
        Assert.Equal((ExperimentOutcome.Completed, LossCause.WorkerLost), (experiment.Outcome, experiment.Attempts[0].Cause));
        Assert.InRange(trainers.Starts.Last().From, 400, 500);
        // What the run no longer had time to write is no fault of the store.
        Assert.Equal(0, Interlocked.Read(ref blamed));
    }

    private static MeterListener Listen(TestCluster cluster, string[] names, Action<long> count)
    {
        IMeterFactory meters = cluster.Service<IMeterFactory>();
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Scope == meters && names.Contains(instrument.Name))
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count(value));
        listener.Start();
        return listener;
    }

    private sealed class DeafPool : IIncomingGrainCallFilter
    {
        private volatile bool _deaf;

        public bool Deaf
        {
            set => _deaf = value;
        }

        public Task Invoke(IIncomingGrainCallContext context) => _deaf && context.MethodName == nameof(IDevicePoolGrain.Beat)
            ? throw new TimeoutException("the pool is on a silo that froze")
            : context.Invoke();
    }
}
