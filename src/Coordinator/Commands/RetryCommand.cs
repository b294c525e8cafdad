using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan retry SWEEP</c> or <c>SWEEP/N</c>: lets experiments that ended without a result go again.</summary>
internal static class RetryCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<bool> fresh = new("--fresh") { Description = "From the very start in place of the last checkpoint." };
        return SweepCommands.Create(
            surroundings,
            "retry",
            "Let experiments that failed or ran out of memory go again, or a named one that diverged or was cancelled.",
            SweepArguments.SweepOrExperiment(),
            [fresh],
            parse => experiment => new RetryExperiments(experiment, parse.GetValue(fresh)));
    }
}
