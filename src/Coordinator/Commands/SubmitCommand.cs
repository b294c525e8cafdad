using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan submit SPEC</c>: starts a sweep and leaves it to the silo.</summary>
internal static class SubmitCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings) => SpecCommands.Create(
        surroundings,
        "submit",
        "Start a sweep and leave it to the silo; prints its id.",
        SweepArguments.JsonId(),
        (_, sweep, json) =>
        {
            surroundings.Out.WriteLine(SweepArguments.Id(sweep, json));
            return Task.FromResult(ExitCode.Done);
        });
}
