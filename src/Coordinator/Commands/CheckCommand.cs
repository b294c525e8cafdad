using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan check SPEC</c>: says what is wrong with a spec, or what it would run. Needs no silo.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> spec = new("SPEC") { Description = "The sweep's YAML file." };
        Command command = new("check", "Say everything that is wrong with a spec, or what it would run.") { spec };
        command.SetAction(parse => Run(surroundings, parse.GetRequiredValue(spec)));
        return command;
    }

    private static int Run(Surroundings surroundings, string spec)
    {
        List<SpecFault> faults = [];
        SpecTree.Read(File.ReadAllText(surroundings.Path(spec)), faults);
        foreach (SpecFault fault in faults)
            surroundings.Error.WriteLine(fault.Word(spec));
        return faults.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
