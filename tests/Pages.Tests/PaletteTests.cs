using System.Globalization;
using System.Text.RegularExpressions;
using CatGan.Coordinator.Report;

namespace CatGan.Pages.Tests;

/// <summary>
/// The variants' colours, as people with protanopia, deuteranopia and tritanopia see them (Machado, Oliveira and Fernandes
/// 2009, "A physiologically-based model for simulation of color vision deficiency", severity 1), compared in OKLab.
/// </summary>
public partial class PaletteTests
{
    // Half of the distance between the four at their best; the palette before this test had 3.
    private const double Apart = 11;

    private static readonly string[] _variants = ["dcgan", "lsgan", "wgan", "wgan-gp"];

    private static readonly double[][] _eyes =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    ];

    public static TheoryData<string> Sheets => [.. Palettes().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Sheets))]
    public void Variants_InEverySheet_AreToldApartByEveryEye(string sheet)
    {
        Dictionary<string, string> colours = Palettes().Single(p => p.Name == sheet).Colours;
        foreach ((string a, string b) in _variants.SelectMany((a, i) => _variants.Skip(i + 1).Select(b => (a, b))))
        {
            foreach (double[] eye in _eyes)
            {
                double distance = 100 * Math.Sqrt(Lab(colours[a], eye).Zip(Lab(colours[b], eye), (x, y) => (x - y) * (x - y)).Sum());
                Assert.True(distance > Apart, $"{sheet}: {a} {colours[a]} and {b} {colours[b]} are {distance:0.0} apart to eye {Array.IndexOf(_eyes, eye)}");
            }
        }
    }

    [Fact]
    public void Variants_OnPagesAndInTheReport_HaveTheSameColours()
    {
        // Light, dark by the system and dark by the switch; the report's light, dark and print.
        (string Name, Dictionary<string, string> Colours)[] all = [.. Palettes()];
        Assert.Equal(6, all.Length);
        Assert.All(all, p => Assert.Equal(all[p.Name is "site 1" or "site 2" or "report 1" ? 1 : 0].Colours, p.Colours));
    }

    private static IEnumerable<(string Name, Dictionary<string, string> Colours)> Palettes() =>
        Palettes("site", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wwwroot", "css", "site.css"))).Concat(Palettes("report", ReportStyle.Sheet));

    private static IEnumerable<(string Name, Dictionary<string, string> Colours)> Palettes(string sheet, string css) =>
        Line().Matches(css).Select((m, i) => ($"{sheet} {i}", Token().Matches(m.Value).ToDictionary(t => t.Groups[1].Value, t => t.Groups[2].Value)));

    private static double[] Lab(string colour, double[] eye)
    {
        double[] light = [.. Enumerable.Range(0, 3).Select(i => Linear(int.Parse(colour.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];
        double[] seen = [.. Times(eye, light).Select(v => Math.Clamp(v, 0, 1))];
        double[] cones = [.. Times([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], seen).Select(Math.Cbrt)];
        return Times([0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371, 0.7827717662, -0.8086757660], cones);
    }

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double[] Times(double[] matrix, double[] vector) => [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(i => matrix[3 * row + i] * vector[i]))];

    [GeneratedRegex("--dcgan:[^\n]*")]
    private static partial Regex Line();

    [GeneratedRegex("--([a-z-]+): ?(#[0-9a-f]{6})")]
    private static partial Regex Token();
}
