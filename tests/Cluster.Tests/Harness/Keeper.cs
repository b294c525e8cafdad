namespace CatGan.Cluster.Tests.Harness;

/// <summary>Starts a silo again whenever one has ended, as a supervisor or Kubernetes would.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Task _keeping;

    /// <summary>Keeps these silos.</summary>
    public Keeper(IEnumerable<TestSilo> silos, Func<TestSilo> start) => _keeping = KeepAsync([.. silos], start);

    /// <summary>Silos that had ended.</summary>
    public int Replaced { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _keeping;
        _over.Dispose();
    }

    private async Task KeepAsync(List<TestSilo> kept, Func<TestSilo> start)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        try
        {
            while (await look.WaitForNextTickAsync(_over.Token))
            {
                for (int i = 0; i < kept.Count; i++)
                {
                    if (!kept[i].HasExited)
                        continue;
                    kept[i] = start();
                    Replaced++;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
