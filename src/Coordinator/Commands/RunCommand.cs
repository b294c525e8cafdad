using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan run SPEC</c>: starts a sweep, shows it, and leaves its report.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings) => SpecCommands.Create(
        surroundings,
        "run",
        "Start a sweep, show it while it runs, and write its report. Ctrl-C pauses it.",
        SweepArguments.JsonLines(),
        (desk, sweep, json) =>
        {
            surroundings.Error.WriteLine($"sweep {sweep}");
            return desk.FollowAsync(sweep, json, CancellationToken.None);
        });
}
