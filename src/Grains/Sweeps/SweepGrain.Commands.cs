using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Webhooks;
using CatGan.Search;

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

    public Task<NoticeView?> GetNotice(int notice, CancellationToken cancellationToken) =>
        Task.FromResult(Sweep.Notices.FirstOrDefault(n => n.Id == notice) is { } found ? NoticeWords.View(Id, Sweep, found) : null);

    public async Task CloseNotice(int notice, string? fault, CancellationToken cancellationToken)
    {
        NoticeClosed closed = new(timing.Now, notice, fault);
        if (Sweep.Refusal(closed) is null)
            await _ledger.CommitAsync(closed);
    }
}
