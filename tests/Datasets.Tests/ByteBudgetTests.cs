using CatGan.Datasets.Import.Packing;

namespace CatGan.Datasets.Tests;

public sealed class ByteBudgetTests
{
    [Fact]
    public async Task Take_MoreThanIsFree_WaitsInOrder()
    {
        ByteBudget budget = new(100);
        IDisposable first = await budget.TakeAsync(60, CancellationToken.None);
        Task<IDisposable> large = budget.TakeAsync(80, CancellationToken.None).AsTask();
        Task<IDisposable> small = budget.TakeAsync(10, CancellationToken.None).AsTask();
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        first.Dispose();
        first.Dispose();
        using IDisposable second = await large;
        using IDisposable third = await small;
        Assert.False(budget.TakeAsync(11, CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Take_MoreThanTheWhole_GetsTheWhole()
    {
        ByteBudget budget = new(100);
        IDisposable all = await budget.TakeAsync(1_000, CancellationToken.None);
        Task<IDisposable> next = budget.TakeAsync(100, CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        all.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Take_CancelledWhileWaiting_TakesNothing()
    {
        ByteBudget budget = new(100);
        IDisposable first = await budget.TakeAsync(100, CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task<IDisposable> cancelled = budget.TakeAsync(100, stop.Token).AsTask();
        Task<IDisposable> next = budget.TakeAsync(100, CancellationToken.None).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        first.Dispose();
        (await next).Dispose();
    }
}
