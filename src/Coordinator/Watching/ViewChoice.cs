using CatGan.Coordinator.App;
using Spectre.Console;

namespace CatGan.Coordinator.Watching;

/// <summary>Chooses how a sweep is shown.</summary>
internal static class ViewChoice
{
    /// <summary>JSON lines when asked for, a live table in a terminal, plain lines elsewhere.</summary>
    public static IWatchView For(Surroundings surroundings, bool json) => json
        ? new JsonView(surroundings.Out, surroundings.Error)
        : surroundings.IsTerminal ? Live(surroundings) : new PlainView(surroundings.Out, surroundings.Error, surroundings.Time);

    // Apart, so that the terminal library is loaded only where a table is drawn.
    private static LiveView Live(Surroundings surroundings) =>
        new(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(surroundings.Out) }));
}
