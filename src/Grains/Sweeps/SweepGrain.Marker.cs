using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// The marker: a blob that is there while the sweep has something to do, so that some silo sees to it. It goes when the
/// sweep has ended, and comes back when a person gives it more.
/// </summary>
/// <remarks>
/// A deletion cannot be made to depend on what is there, and may come late: from an activation that froze, or from a
/// store that kept it waiting. So a sweep that goes on after its end gets a marker of another name, whose number is
/// journaled with what it is to do, and an activation takes away only markers that its journal knows of. One that is
/// behind finds a marker unknown to it and journals its number, which fails because the journal has gone on; where that
/// does not fail, the marker is one of a process that died before it journaled anything.
/// </remarks>
internal sealed partial class SweepGrain
{
    private static readonly TimeSpan SubmissionTakes = TimeSpan.FromMinutes(10);
    private readonly Turns _marker = new();

    /// <summary>
    /// What a command changes in a sweep that has ended needs someone to see to it: the marker comes first, so that a
    /// crash leaves at most a marker of an ended sweep, which the next silo takes away.
    /// </summary>
    private async Task<CommandPlan> PerformAsync(SweepCommand command)
    {
        using IDisposable turn = await _marker.TakeAsync();
        int marker = Sweep.Marker + 1;
        bool ended = Sweep.HasEnded;
        if (ended)
            await MarkAsync(marker);
        // Decided anew: the state may have changed while this waited.
        CommandPlan plan = CommandPlan.Of(Sweep, command, timing.Now);
        if (!plan.Events.IsEmpty)
            await _ledger.CommitAsync(ended ? [new MarkerRenewed(timing.Now, marker), .. plan.Events] : [.. plan.Events]);
        else if (ended)
            _actions.Add([new FinishSweep()]);
        return plan;
    }

    private async Task MarkAsync(int marker)
    {
        try
        {
            await store.WriteTextAsync(StoreLayout.Active(Id, marker), Sweep.Definition.Name, BlobCondition.Always, CancellationToken.None);
        }
        catch (BlobStoreException fault)
        {
            // Callers in other processes do not know the store's exceptions.
            throw new SweepUnavailableException($"Nothing was changed: {fault.Message}");
        }
    }

    // Not while someone gives the sweep more to do: that one's marker must stay.
    async Task ISweepHands.FinishAsync()
    {
        using IDisposable turn = await _marker.TakeAsync();
        await _ledger.FlushedAsync();
        if (!Sweep.HasEnded || _ledger.Broken is not null)
            return;
        int[] markers = await MarkersAsync();
        if (markers.Any(m => m > Sweep.Marker))
            await _ledger.CommitAsync(new MarkerRenewed(timing.Now, markers.Max()));
        if (!await SummarizeAsync() || !Sweep.Notices.IsEmpty)
            return;
        foreach (int marker in markers.Where(m => m <= Sweep.Marker))
            await store.DeleteAsync(StoreLayout.Active(Id, marker), CancellationToken.None);
    }

    private async Task<int[]> MarkersAsync() => await store.ListAsync(StoreLayout.Active(Id), CancellationToken.None)
        .Select(blob => StoreLayout.OfActive(blob.Name)).Where(found => found.Sweep == Id).Select(found => found.Marker).ToArrayAsync();

    /// <summary>Whoever looks at an ended sweep comes by here. False when another activation has written, which may know more.</summary>
    private async Task<bool> SummarizeAsync()
    {
        byte[] summary = SweepSummary.Of(Id, Sweep).Write();
        BlobVersion? before = null;
        if (await store.OpenReadAsync(StoreLayout.Summary(Id), CancellationToken.None) is { } reading)
        {
            await using (reading)
            {
                using MemoryStream there = new();
                await reading.Content.CopyToAsync(there);
                if (there.ToArray().AsSpan().SequenceEqual(summary))
                    return true;
                before = reading.Info.Version;
                if (IsLater(there.ToArray()))
                    return false;
            }
        }
        return await store.WriteBytesAsync(
            StoreLayout.Summary(Id), summary, before is { } version ? BlobCondition.IfVersion(version) : BlobCondition.IfAbsent, CancellationToken.None) is not null;
    }

    private bool IsLater(ReadOnlySpan<byte> summary)
    {
        try
        {
            return SweepSummary.Read(summary).Marker > Sweep.Marker;
        }
        catch (SweepFormatException fault)
        {
            log.LogWarning("The summary of {Sweep} is damaged and is written anew: {Fault}", Id, fault.Message);
            return false;
        }
    }

    /// <summary>
    /// A marker without a sweep: a submission that never was journaled, of which the marker goes when it is old; or one
    /// that another activation took after this one had read the journal, which it then has to read again.
    /// </summary>
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (_submitting is { IsCompleted: false })
            return;
        BlobInfo? marker = await store.GetInfoAsync(StoreLayout.Active(Id), cancellationToken);
        if (await store.ListAsync(StoreLayout.Journal(Id), cancellationToken).AnyAsync(cancellationToken))
        {
            log.LogInformation("{Sweep} was submitted to another activation; the next one reads it.", Id);
            DeactivateOnIdle();
        }
        else if (marker is not null && timing.Now - marker.LastModified > SubmissionTakes)
        {
            await store.DeleteAsync(StoreLayout.Active(Id), cancellationToken);
        }
    }
}
