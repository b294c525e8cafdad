using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan tag SWEEP TAG...</c>: the words to find a sweep by, and its note.</summary>
internal static class TagCommand
{
    private const int LongestTag = 50;
    private const int LongestNote = 10_000;

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> sweep = SweepArguments.Sweep();
        Argument<string[]> tags = new("TAG") { Description = "Tags to add.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> store = CommonOptions.Store(surroundings);
        Option<string[]> remove = new("--remove") { Description = "A tag to take away; may be given several times.", HelpName = "TAG" };
        Option<string?> note = new("--note") { Description = "The note from now on; empty for none.", HelpName = "TEXT" };
        Command command = new("tag", "Add or remove a sweep's tags, or set its note; also after its end.") { sweep, tags, store, remove, note };
        SiloOptions silo = new(command);
        command.Validators.Add(result =>
        {
            string[] add = result.GetValue(tags) ?? [], drop = result.GetValue(remove) ?? [];
            if (add.Length + drop.Length == 0 && result.GetValue(note) is null)
                result.AddError("name tags to add, or --remove or --note");
            foreach (string bad in add.Where(t => t.Length > LongestTag || string.IsNullOrWhiteSpace(t)))
                result.AddError($"the tag `{bad}` must have 1 to {LongestTag} characters");
            if (result.GetValue(note)?.Length > LongestNote)
                result.AddError($"--note must have at most {LongestNote:N0} characters");
        });
        command.SetAction((parse, cancel) => CommandRunner.RunAsync(
            surroundings,
            parse.GetRequiredValue(sweep),
            parse.GetRequiredValue(store),
            silo.Of(parse),
            experiment => experiment is null
                ? new TagSweep([.. parse.GetValue(tags) ?? []], [.. parse.GetValue(remove) ?? []], parse.GetValue(note))
                : throw new UserException(ExitCode.BadInput, "tags belong to a sweep, not to an experiment", "leave /N out"),
            cancel));
        return command;
    }
}
