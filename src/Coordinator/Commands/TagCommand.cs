using System.CommandLine;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan tag SWEEP TAG...</c>: the words to find a sweep by, and its note.</summary>
internal static class TagCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Argument<string[]> tags = new("TAG") { Description = "Tags to add.", Arity = ArgumentArity.ZeroOrMore };
        Option<string[]> remove = new("--remove") { Description = "A tag to take away; may be given several times.", HelpName = "TAG" };
        Option<string?> note = new("--note") { Description = "The note from now on; empty for none.", HelpName = "TEXT" };
        Command command = SweepCommands.Create(
            surroundings,
            "tag",
            "Add or remove a sweep's tags, or set its note; also after its end.",
            SweepArguments.Sweep(),
            [tags, remove, note],
            parse => SweepCommands.Whole(
                new TagSweep([.. parse.GetValue(tags) ?? []], [.. parse.GetValue(remove) ?? []], parse.GetValue(note)), "tags belong to a sweep, not to an experiment"));
        command.Validators.Add(result =>
        {
            string[] add = result.GetValue(tags) ?? [], drop = result.GetValue(remove) ?? [];
            if (add.Length + drop.Length == 0 && result.GetValue(note) is null)
                result.AddError("name tags to add, or --remove or --note");
            foreach (string bad in add.Where(t => t.Length > VerbBounds.LongestTag || string.IsNullOrWhiteSpace(t)))
                result.AddError($"the tag `{bad}` must have 1 to {VerbBounds.LongestTag} characters");
            if (result.GetValue(note)?.Length > VerbBounds.LongestNote)
                result.AddError($"--note must have at most {VerbBounds.LongestNote:N0} characters");
        });
        return command;
    }
}
