using System.CommandLine;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;

namespace CatGan.Coordinator.Commands;

/// <summary>How a person searches sweeps: the same options for <c>list</c> and <c>results</c>.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> tag = new("--tag") { Description = "Only sweeps with this tag; several must all be there.", HelpName = "TAG" };
    private readonly Option<string?> name = new("--name") { Description = "Only sweeps whose name or id contains this.", HelpName = "TEXT" };
    private readonly Option<string[]> state = new("--state") { Description = "Only sweeps in this state: running, pausing, paused, cancelling, cancelled or finished.", HelpName = "STATE" };
    private readonly Option<string[]> variant = new("--variant") { Description = "Only this variant, such as wgan-gp.", HelpName = "VARIANT" };
    private readonly Option<string[]> where = new("--where") { Description = "Only experiments for which this holds, such as 'lr_d>1e-4' or 'outcome=failed'.", HelpName = "CONDITION" };

    /// <summary>Gives a command the options.</summary>
    public FilterOptions(Command command)
    {
        string[] states = [.. Enum.GetValues<SweepStage>().Select(SweepFilter.Word)];
        state.Validators.Add(result =>
        {
            foreach (string bad in result.Tokens.Select(t => t.Value).Except(states))
                result.AddError($"--state is {bad}, but must be one of {string.Join(", ", states)}");
        });
        foreach (Option option in (Option[])[tag, name, state, variant, where])
            command.Options.Add(option);
    }

    /// <summary>What was asked of sweeps.</summary>
    public SweepFilter Filter(ParseResult parse) => new()
    {
        Tags = parse.GetValue(tag) ?? [],
        Name = parse.GetValue(name),
        States = parse.GetValue(state) ?? [],
        Variants = parse.GetValue(variant) ?? [],
    };

    /// <summary>What was asked of experiments.</summary>
    public IReadOnlyList<ResultCondition> Conditions(ParseResult parse) => [.. (parse.GetValue(where) ?? []).Select(ResultCondition.Parse)];
}
