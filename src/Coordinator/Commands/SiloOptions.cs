using System.CommandLine;
using System.Text.RegularExpressions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;

namespace CatGan.Coordinator.Commands;

/// <summary><c>--slots</c> and <c>--device</c> of every command that may start a silo.</summary>
internal sealed partial class SiloOptions
{
    private const int MaxSlots = 1024;

    private readonly Option<int?> slots = new("--slots")
    {
        Description = $"If this starts a silo: experiments on each device at once, 1 to {MaxSlots}. [default: one a GPU; without a GPU one a core]",
        HelpName = "N",
    };

    private readonly Option<string?> device = new("--device")
    {
        Description = "If this starts a silo: cpu, cuda or cuda:N. [default: all GPUs; without a GPU the CPU]",
        HelpName = "D",
    };

    /// <summary>Gives a command the two options.</summary>
    public SiloOptions(Command command)
    {
        CommonOptions.Bound(slots, 1, MaxSlots);
        device.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !DeviceName().IsMatch(text))
                result.AddError($"--device is {text}, but must be cpu, cuda or cuda:N");
        });
        command.Options.Add(slots);
        command.Options.Add(device);
    }

    /// <summary>What a person typed.</summary>
    public SiloWishes Of(ParseResult parse) => new(parse.GetValue(slots), parse.GetValue(device));

    [GeneratedRegex(@"^(cpu|cuda(:\d{1,3})?)$")]
    private static partial Regex DeviceName();
}
