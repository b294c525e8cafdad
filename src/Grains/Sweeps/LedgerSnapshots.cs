using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Sweeps;

/// <summary>Snapshots of a journal's state, one at a time, written beside the batches that follow.</summary>
/// <remarks>
/// One is due after batch 64, 96, 144 and so on: replay reads at most half as many batches as its snapshot holds, and
/// each event pays O(1).
/// </remarks>
internal sealed class LedgerSnapshots(Journal journal, GrainsTiming timing, LedgerHooks hooks)
{
    private const long First = 64;

    // A snapshot of a large sweep is long, and nobody waits for it.
    private const int Patience = 30;
    private bool _writing;

    /// <summary>The last batch that a snapshot holds, or is to hold.</summary>
    public long Sequence { get; set; }

    /// <summary>Completes when none is being written.</summary>
    public Task Writing { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the state after this batch is to be kept.</summary>
    public bool Due(long sequence) => !_writing && sequence >= Math.Max(First, Sequence * 3 / 2);

    /// <summary>Begins to write one; faults go to the hook.</summary>
    public void Begin(long sequence, SweepCapture capture) => Writing = WriteAsync(sequence, capture);

    // On another thread: neither its bytes nor the folding hold up an answer.
    private async Task WriteAsync(long sequence, SweepCapture capture)
    {
        (_writing, Sequence) = (true, sequence);
        using CancellationTokenSource late = new(timing.WriteTimeout * Patience, timing.Time);
        try
        {
            await Task.Run(() => journal.WriteSnapshotAsync(sequence, capture.Pieces(), late.Token), late.Token).WaitAsync(late.Token);
        }
        catch (Exception fault)
        {
            hooks.OnSnapshotFault(fault);
        }
        finally
        {
            _writing = false;
        }
    }
}
