using CatGan.Abstractions;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>
/// Does with sweeps what people ask for, over the API or by a page, and lets who reads next see it. It is not cancelled
/// when whoever asked has left: what was begun is finished.
/// </summary>
internal sealed class SweepVerbs(StoreDesk desk, SweepBoard board, SweepCatalog catalog)
{
    /// <summary>Does what a person wants.</summary>
    /// <exception cref="App.UserException">There is no such sweep, it refuses, or no silo can be reached.</exception>
    public async Task<DoneBody> DoAsync(string sweep, SweepCommand command)
    {
        await FindAsync(sweep);
        return await SeenAsync(sweep, await desk.CommandAsync(sweep, command, CancellationToken.None));
    }

    /// <summary>Lets a sweep go on.</summary>
    public async Task<DoneBody> ResumeAsync(string sweep)
    {
        await FindAsync(sweep);
        bool goesOn = await desk.ResumeAsync(sweep, CancellationToken.None);
        return await SeenAsync(sweep, goesOn ? "the sweep goes on" : "the sweep has ended; nothing is left to do", goesOn);
    }

    /// <summary>Ends a sweep for good.</summary>
    public async Task<DoneBody> CancelAsync(string sweep, string reason)
    {
        await FindAsync(sweep);
        bool cancelled = await desk.CancelAsync(sweep, reason, CancellationToken.None);
        return await SeenAsync(sweep, cancelled ? "the sweep is cancelled" : "the sweep has ended already", cancelled);
    }

    private Task FindAsync(string sweep) => board.GetAsync(sweep, CancellationToken.None);

    private async Task<DoneBody> SeenAsync(string sweep, string done, bool? changed = null)
    {
        (TrackedSweep tracked, _) = await board.GetAsync(sweep, CancellationToken.None);
        await tracked.NewestAsync(CancellationToken.None);
        catalog.Forget();
        return new(sweep, done, changed);
    }
}
