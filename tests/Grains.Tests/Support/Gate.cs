using CatGan.Training;

namespace CatGan.Grains.Tests.Support;

/// <summary>
/// Holds experiment 1's first attempt at a number of images, until the gate is disposed of or the attempt is told to
/// leave; a deaf one does not hear that, as a long update would not.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new();

    public Gate(FakeTrainers trainers, long at, bool deaf = false) => trainers.BeforeBatch = (order, images, ask) =>
    {
        if (order.Experiment != 1 || order.Epoch != 1 || images != at)
            return;
        _reached.TrySetResult();
        while ((deaf || ask() == TrainingCommand.Continue) && !_open.Wait(millisecondsTimeout: 1))
        {
            // A trainer asks again and again.
        }
    };

    public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose() => _open.Set();
}
