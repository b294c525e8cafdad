using CatGan.Abstractions;
using CatGan.Grains.Workers;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// The hold: while the store does not take what must last, no attempt of the sweep starts, and its status says why. It
/// cannot be journaled, for the store is what fails; a fresh activation finds out anew. What runs goes on as long as it
/// can, and the sweep by itself as soon as the store takes a blob of the size of a checkpoint again.
/// </summary>
internal sealed partial class SweepGrain
{
    private const long LeastProbe = 64 << 10;
    private const int Piece = 64 << 10;
    private string? _storeFault;
    private bool _probing;

    private string? Hold => _ledger.Stalled ?? _storeFault;

    private void OnStalled(string? fault)
    {
        if (fault is null)
            log.LogInformation("The journal of {Sweep} is written again.", Id);
        else
            log.LogWarning("The journal of {Sweep} cannot be written, the sweep waits: {Fault}", Id, fault);
    }

    private void HoldBecause(string fault)
    {
        if (_storeFault is null)
            log.LogWarning("Nothing of {Sweep} starts until the store takes checkpoints again: {Fault}", Id, fault);
        _storeFault = fault;
    }

    private async Task ProbeAsync()
    {
        if (_storeFault is null || _probing)
            return;
        _probing = true;
        try
        {
            long bytes = Sweep.Active.Select(n => Sweep.Experiments[n - 1].LastCheckpoint?.Bytes ?? 0).Append(LeastProbe).Max();
            await StoreCall.WithinAsync(StoreCall.LimitFor(bytes, timing), timing, token => ProbeAsync(bytes, token), CancellationToken.None);
            log.LogInformation("The store takes checkpoints again; {Sweep} goes on.", Id);
            _storeFault = null;
            Reissue();
        }
        catch (Exception fault) when (StoreRetry.MayPass(fault))
        {
            _storeFault = fault.Message;
        }
        finally
        {
            _probing = false;
        }
    }

    private async Task ProbeAsync(long bytes, CancellationToken cancellationToken)
    {
        string blob = StoreLayout.Probe(Id);
        await store.WriteAsync(blob, (destination, token) => FillAsync(destination, bytes, token), BlobCondition.Always, cancellationToken);
        await store.DeleteAsync(blob, cancellationToken);
    }

    private static async Task FillAsync(Stream destination, long bytes, CancellationToken cancellationToken)
    {
        byte[] piece = new byte[Piece];
        for (long left = bytes; left > 0; left -= Piece)
            await destination.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, Piece)), cancellationToken);
    }
}
