using System.Collections.Immutable;
using System.Globalization;
using CatGan.Search;

namespace CatGan.Bench;

/// <summary>A function to search: cheap to ask, hard in one of the ways that trainings are.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Budget">Configurations that a search may try.</param>
/// <param name="Least">The least value there is.</param>
/// <param name="Space">Where it is defined.</param>
/// <param name="Value">Its value at a configuration without noise; null where a training diverges.</param>
/// <param name="Noise">Standard deviation of what is added to each score.</param>
internal sealed record SearchProblem(string Name, int Budget, double Least, ParameterSpace Space, Func<Configuration, double?> Value, double Noise = 0)
{
    public static IReadOnlyList<SearchProblem> All { get; } = [Branin(), Hartmann6(), Valley()];

    /// <summary>Dixon and Szegö 1978: two parameters, three equally deep valleys.</summary>
    private static SearchProblem Branin() => new("branin", 60, 0.397887, new([new UniformParameter("x", -5, 10), new UniformParameter("y", 0, 15)]), c =>
    {
        (double x, double y) = (Number(c, "x"), Number(c, "y"));
        double bowl = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (bowl * bowl) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    });

    /// <summary>Dixon and Szegö 1978: six parameters, four narrow wells of different depth.</summary>
    private static SearchProblem Hartmann6()
    {
        double[] depths = [1, 1.2, 3, 3.2];
        double[][] steepness = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
        double[][] wells =
        [
            [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
        ];
        ImmutableArray<Parameter> axes = [.. Enumerable.Range(1, 6).Select(i => new UniformParameter($"x{i}", 0, 1))];
        return new("hartmann6", 100, -3.32237, new(axes), c => -Enumerable.Range(0, 4).Sum(well => depths[well] * Math.Exp(
            -Enumerable.Range(0, 6).Sum(i => steepness[well][i] * Math.Pow(Number(c, $"x{i + 1}") - wells[well][i], 2)))));
    }

    /// <summary>
    /// A training's score over its settings, made up after real ones: both learning rates matter over four decades and to each other, the
    /// momentum a little, the batch hardly; noise as between seeds; above a rate that falls with the momentum it diverges.
    /// WGAN needs its critic's steps, which DCGAN does not have.
    /// </summary>
    private static SearchProblem Valley() => new(
        "valley",
        80,
        0.03,
        new([
            new ChoiceParameter("preset", ["dcgan", "wgan"]),
            new LogUniformParameter("lr_d", 1e-5, 1e-1),
            new LogUniformParameter("lr_g", 1e-5, 1e-1),
            new UniformParameter("beta1", 0, 0.9),
            new IntParameter("batch", 16, 256, Log: true),
            new IntParameter("n_critic", 1, 10) { When = [new("preset", ["wgan"])] },
        ]),
        c =>
        {
            (double d, double g, double beta1) = (Math.Log10(Number(c, "lr_d")), Math.Log10(Number(c, "lr_g")), Number(c, "beta1"));
            if (d > Math.Log10(2e-3 * (1 - beta1)) || g > -2)
                return null;
            double rates = (0.02 * Math.Pow(d + 3.7, 2)) + (0.015 * Math.Pow(g - d - 0.4, 2));
            double rest = (0.02 * Math.Pow(beta1 - 0.5, 2)) + (0.002 * Math.Pow(Math.Log2(Number(c, "batch") / 64), 2));
            return 0.03 + rates + rest + (c["preset"] == "wgan" ? 0.01 + (0.001 * Math.Abs(Number(c, "n_critic") - 5)) : 0);
        },
        Noise: 0.003);

    private static double Number(Configuration configuration, string name) => double.Parse(configuration[name], CultureInfo.InvariantCulture);
}
