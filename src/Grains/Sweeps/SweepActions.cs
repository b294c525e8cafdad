using CatGan.Abstractions.Grains;
using CatGan.Search;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// Performs a sweep's actions on its activation's scheduler: those of one experiment one after the other, those of
/// different experiments side by side, so that one slow call holds up no other experiment. Each is idempotent; one that
/// fails is left to the next time that <see cref="Sweep.Pending"/> is reissued.
/// </summary>
internal sealed class SweepActions(ISweepHands hands, Action<SweepAction, Exception> onFault)
{
    /// <summary>Experiments whose actions are performed at the same time; after a restart thousands may have some.</summary>
    public const int AtOnce = 64;

    private readonly Dictionary<int, Queue<SweepAction>> _open = [];
    private readonly Queue<int> _ready = [];
    private int _busy;
    private bool _going;
    private bool _complete;

    /// <summary>True when nothing waits to be performed, and nothing is being performed.</summary>
    public bool Idle => _open.Count == 0;

    public void Add(IReadOnlyList<SweepAction> actions)
    {
        if (_complete)
            return;
        foreach (SweepAction action in actions)
        {
            int experiment = ExperimentOf(action);
            if (!_open.TryGetValue(experiment, out Queue<SweepAction>? line))
            {
                _open.Add(experiment, line = []);
                _ready.Enqueue(experiment);
            }
            line.Enqueue(action);
        }
        Go();
    }

    /// <summary>Takes no more; what waits is dropped, what is being performed ends.</summary>
    public void Complete()
    {
        _complete = true;
        _ready.Clear();
    }

    // An action that ends at once comes back here: the loop that started it goes on, the stack does not grow.
    private void Go()
    {
        if (_going)
            return;
        _going = true;
        while (_busy < AtOnce && _ready.TryDequeue(out int experiment))
        {
            _busy++;
            NextAsync(experiment, _open[experiment]).Ignore();
        }
        _going = false;
    }

    // An experiment that has more to do goes to the end of the line: none is starved.
    private async Task NextAsync(int experiment, Queue<SweepAction> line)
    {
        SweepAction action = line.Peek();
        try
        {
            await PerformAsync(action);
        }
        catch (Exception fault)
        {
            onFault(action, fault);
        }
        line.Dequeue();
        if (line.Count == 0)
            _open.Remove(experiment);
        else if (!_complete)
            _ready.Enqueue(experiment);
        _busy--;
        Go();
    }

    // The end of the sweep is the action of no experiment; numbers begin with 1.
    private static int ExperimentOf(SweepAction action) => action switch
    {
        StartExperiment start => start.Number,
        StopExperiment stop => stop.Number,
        DeleteCheckpoints delete => delete.Number,
        _ => 0,
    };

    private Task PerformAsync(SweepAction action) => action switch
    {
        StartExperiment start => hands.StartAsync(start),
        StopExperiment stop => hands.StopAsync(stop.Number, stop.Keep ? AttemptCommand.Pause : AttemptCommand.Stop, stop.Reason),
        DeleteCheckpoints delete => hands.DeleteAsync(delete.Number, delete.Blobs),
        SendNotice notice => hands.SendAsync(notice.Id),
        FinishSweep => hands.FinishAsync(),
        _ => throw new NotSupportedException($"There is no way to perform {action.GetType().Name}."),
    };
}
