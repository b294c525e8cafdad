using System.CommandLine;
using CatGan.Bench.Serving;

namespace CatGan.Bench;

/// <summary>What the HTTP API costs: page data of a large sweep, watchers, lists of many sweeps.</summary>
internal sealed class ServeVerb : IVerb
{
    public Command Command() => new("serve", "What the HTTP API costs: page data of a large sweep, watchers of one sweep, lists of many.")
    {
        PageData.Command(),
        Watchers.Command(),
        Lists.Command(),
        Laying.Command(),
    };
}
