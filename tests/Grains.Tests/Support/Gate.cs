using CatGan.Training;

namespace CatGan.Grains.Tests.Support;

/// <summary>
/// Holds experiment 1's first attempt at a number of images, as a long update would, until it is told to leave or the
/// gate is disposed of.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new();

    public Gate(FakeTrainers trainers, long at) => trainers.BeforeBatch = (order, images, ask) =>
    {
        if (order.Experiment != 1 || order.Epoch != 1 || images != at)
            return;
        _reached.TrySetResult();
        while (ask() == TrainingCommand.Continue && !_open.Wait(millisecondsTimeout: 1))
        {
            // A trainer asks again and again.
        }
    };

    public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose() => _open.Set();
}
