using CatGan.Training;

namespace CatGan.Grains.Workers;

/// <summary>Why a run is asked to leave; the later ones overrule the earlier.</summary>
internal enum LeaveWhy
{
    /// <summary>It is not.</summary>
    No,

    /// <summary>It goes on later, here or elsewhere: write a checkpoint first.</summary>
    HandBack,

    /// <summary>Its experiment ends: nothing of this moment is needed.</summary>
    Stop,

    /// <summary>Another attempt may be running: leave and write nothing more.</summary>
    Fenced,
}

/// <summary>
/// What the silo wants of one run. Written by the silo's tasks and read by the training thread before every update.
/// </summary>
internal sealed class RunControl(GrainsTiming timing) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _fenced = new();
    private readonly CancellationTokenSource _writes = new();
    private readonly TaskCompletionSource _graceOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _grace;
    private volatile TrainingCommand _command;

    public TrainingCommand Command => _command;

    public LeaveWhy Why { get; private set; }

    /// <summary>Why, for people.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Cancelled when another attempt may be running.</summary>
    public CancellationToken Fenced => _fenced.Token;

    /// <summary>Cancelled when the attempt must write nothing more: it is fenced, or its time to leave is over.</summary>
    public CancellationToken Writes => _writes.Token;

    /// <summary>Completes when a run that was to write a last checkpoint has had its time for it.</summary>
    public Task GraceOver => _graceOver.Task;

    /// <summary>Completes when the run is first asked to leave.</summary>
    public Task Leaving => _leaving.Task;

    public void Leave(LeaveWhy why, string reason)
    {
        lock (_lock)
        {
            if (why <= Why)
                return;
            (Why, Reason) = (why, reason);
            _command = why == LeaveWhy.HandBack ? TrainingCommand.CheckpointAndLeave : TrainingCommand.Leave;
            if (why == LeaveWhy.HandBack)
                StartGrace();
        }
        _leaving.TrySetResult();
        if (why == LeaveWhy.Fenced)
        {
            _fenced.Cancel();
            Silence();
        }
    }

    /// <summary>Gives up whatever is still on its way to the store.</summary>
    public void Silence() => _writes.Cancel();

    public void Dispose()
    {
        _grace?.Dispose();
        _fenced.Dispose();
        _writes.Dispose();
    }

    private void StartGrace()
    {
        _grace = new CancellationTokenSource(timing.LeaveGrace, timing.Time);
        _grace.Token.Register(() =>
        {
            _command = TrainingCommand.Leave;
            _graceOver.TrySetResult();
        });
    }
}
