using System.Threading.Channels;
using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// Performs a sweep's actions one after the other, on its activation's scheduler. Each is idempotent; one that fails is left to the next time that
/// <see cref="Sweep.Pending"/> is reissued.
/// </summary>
internal sealed class SweepActions(ISweepHands hands, Action<SweepAction, Exception> onFault)
{
    private readonly Channel<SweepAction> _actions = Channel.CreateUnbounded<SweepAction>(new() { SingleReader = true });

    private int _open;

    /// <summary>True when nothing waits to be performed, and nothing is being performed.</summary>
    public bool Idle => _open == 0;

    public void Add(IReadOnlyList<SweepAction> actions)
    {
        foreach (SweepAction action in actions)
        {
            if (_actions.Writer.TryWrite(action))
                _open++;
        }
    }

    public void Complete() => _actions.Writer.TryComplete();

    public async Task RunAsync()
    {
        await foreach (SweepAction action in _actions.Reader.ReadAllAsync())
        {
            try
            {
                await PerformAsync(action);
            }
            catch (Exception fault)
            {
                onFault(action, fault);
            }
            finally
            {
                _open--;
            }
        }
    }

    private Task PerformAsync(SweepAction action) => action switch
    {
        StartExperiment start => hands.StartAsync(start.Number),
        StopExperiment stop => hands.StopAsync(stop.Number, stop.Keep ? AttemptCommand.Pause : AttemptCommand.Stop, stop.Reason),
        DeleteCheckpoints delete => hands.DeleteAsync(delete.Number, delete.Blobs),
        FinishSweep => hands.FinishAsync(),
        _ => throw new NotSupportedException($"There is no way to perform {action.GetType().Name}."),
    };
}
