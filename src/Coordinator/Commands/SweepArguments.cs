using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class SweepArguments
{
    /// <summary><c>SPEC</c>.</summary>
    public static Argument<string> Spec() => new("SPEC") { Description = "The sweep's YAML file." };

    /// <summary><c>SWEEP</c>.</summary>
    public static Argument<string> Sweep() => new("SWEEP") { Description = "Id of a sweep, the beginning of one, or `last`." };

    /// <summary><c>SWEEP/N</c>.</summary>
    public static Argument<string> Experiment() => new("SWEEP/N") { Description = "A sweep (id, beginning of one, or `last`) and an experiment's number." };

    /// <summary><c>SWEEP</c> or <c>SWEEP/N</c>.</summary>
    public static Argument<string> SweepOrExperiment() => new("SWEEP[/N]") { Description = "A sweep (id, beginning of one, or `last`), or one experiment of it." };

    /// <summary><c>--json</c> of commands that show a sweep while it runs.</summary>
    public static Option<bool> JsonLines() => CommonOptions.Json("One JSON object a line for each change, and no other output.");

    /// <summary><c>--json</c> of commands that print the id of a new sweep.</summary>
    public static Option<bool> JsonId() => CommonOptions.Json("Print {\"sweep\": ID} in place of the id.");

    /// <summary>The id of a new sweep as it is printed.</summary>
    public static string Id(string sweep, bool json) => json ? $"{{\"sweep\":\"{sweep}\"}}" : sweep;
}
