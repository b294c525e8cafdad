using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Report.Charts;

/// <summary>
/// A variant as the charts show it: its name, and a colour (told apart by colour-blind people: a test works out how the
/// colours look to them) and a shape that always go together, so that nothing hangs on colour alone.
/// </summary>
/// <param name="Name">Name as the papers write it.</param>
/// <param name="Class">Class in the style sheet that sets the colour.</param>
/// <param name="Shape">Shape of its points.</param>
internal sealed record Family(string Name, string Class, MarkerShape Shape)
{
    /// <summary>All of them in the order of the 2017 comparison; the last one is for options that this version does not understand.</summary>
    public static IReadOnlyList<Family> All { get; } =
    [
        new("DCGAN", "f-dcgan", MarkerShape.Circle),
        new("DCGAN-SELU", "f-dcgan-selu", MarkerShape.Cross),
        new("LSGAN", "f-lsgan", MarkerShape.Square),
        new("WGAN", "f-wgan", MarkerShape.Triangle),
        new("WGAN-GP", "f-wgan-gp", MarkerShape.Diamond),
        new("with SELU", "f-selu", MarkerShape.Down),
        new("unknown", "f-other", MarkerShape.Ring),
    ];

    /// <summary>The family of these options.</summary>
    public static Family Of(ExperimentOptions? options) => options switch
    {
        null => All[^1],
        { Variant: Variant.Dcgan, Selu: false } => All[0],
        { Variant: Variant.Dcgan } => All[1],
        { Variant: Variant.Lsgan, Selu: false } => All[2],
        { Variant: Variant.Wgan, Selu: false } => All[3],
        { Variant: Variant.WganGp, Selu: false } => All[4],
        _ => All[^2] with { Name = Of(options with { Selu = false }).Name + "-SELU" },
    };
}
