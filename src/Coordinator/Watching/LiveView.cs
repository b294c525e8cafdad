using CatGan.Abstractions;
using Spectre.Console;

namespace CatGan.Coordinator.Watching;

/// <summary>A table in the terminal that is redrawn in place.</summary>
internal sealed class LiveView(IAnsiConsole console) : IWatchView
{
    private const int LinesAround = 10;
    private volatile string notice = "";

    // Below the table: a line written past it would tear the table apart.
    /// <inheritdoc/>
    public void Say(string line) => notice = line;

    /// <inheritdoc/>
    public async Task<SweepStatus> ShowAsync(IAsyncEnumerable<SweepStatus> statuses)
    {
        SweepStatus? last = null;
        await console.Live(new Text("waiting for the first status")).Overflow(VerticalOverflow.Ellipsis).StartAsync(async context =>
        {
            await foreach (SweepStatus status in statuses)
            {
                last = status;
                context.UpdateTarget(new Rows(
                    StatusTable.Build(status, Math.Max(3, console.Profile.Height - LinesAround)),
                    new Text(notice, new Style(Color.Yellow))));
                context.Refresh();
            }
        });
        return last!;
    }
}
