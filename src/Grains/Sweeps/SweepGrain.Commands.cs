using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Webhooks;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Grains.Sweeps;

internal sealed partial class SweepGrain
{
    public async Task<CommandAnswer> Command(SweepCommand command, CancellationToken cancellationToken)
    {
        _ledger.ThrowIfBroken();
        CommandPlan plan = CommandPlan.Of(Sweep, command, timing.Now);
        if (plan.Events.IsEmpty)
            await _ledger.FlushedAsync();
        else
            plan = await PerformAsync(command);
        Reissue();
        return new CommandAnswer(plan.Done, plan.Refusal);
    }

    /// <summary>
    /// What a command changes in a sweep that has ended needs someone to see to it: the marker comes first, so that a
    /// crash leaves at most a marker of an ended sweep, which the next silo takes away.
    /// </summary>
    private async Task<CommandPlan> PerformAsync(SweepCommand command)
    {
        using IDisposable turn = await _marker.TakeAsync();
        bool ended = Sweep.HasEnded;
        if (ended)
            await MarkAsync();
        // Decided anew: the state may have changed while this waited.
        CommandPlan plan = CommandPlan.Of(Sweep, command, timing.Now);
        if (!plan.Events.IsEmpty)
            await _ledger.CommitAsync([.. plan.Events]);
        else if (ended)
            _actions.Add([new FinishSweep()]);
        return plan;
    }

    private async Task MarkAsync()
    {
        try
        {
            await store.WriteTextAsync(StoreLayout.Active(Id), Sweep.Definition.Name, BlobCondition.Always, CancellationToken.None);
        }
        catch (BlobStoreException fault)
        {
            // Callers in other processes do not know the store's exceptions.
            throw new SweepUnavailableException($"Nothing was changed: {fault.Message}");
        }
    }

    public Task<NoticeView?> GetNotice(int notice, CancellationToken cancellationToken) =>
        Task.FromResult(Sweep.Notices.FirstOrDefault(n => n.Id == notice) is { } found ? NoticeWords.View(Id, Sweep, found) : null);

    public async Task CloseNotice(int notice, string? fault, CancellationToken cancellationToken)
    {
        NoticeClosed closed = new(timing.Now, notice, fault);
        if (Sweep.Refusal(closed) is null)
            await _ledger.CommitAsync(closed);
    }
}
