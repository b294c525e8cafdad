using CatGan.Coordinator.Report.Charts;
using CsCheck;

namespace CatGan.Coordinator.Tests.Report;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 200_000, "0 50000 100000 150000 200000")]
    [InlineData(-15, 4, "-15 -10 -5 0")]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    public void Ticks_Linear_AreRound(double min, double max, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Axis(min, max, AxisKind.Linear).Ticks(5).Select(t => Math.Round(t, 10))));

    [Theory]
    [InlineData(6, 130, "10 20 50 100")]
    [InlineData(1e-5, 1e-2, "1E-05 0.0001 0.001 0.01")]
    public void Ticks_Log_AreRound(double min, double max, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Axis(min, max, AxisKind.Log).Ticks(5).Select(t => double.Parse($"{t:G6}"))));

    [Fact]
    public void Axis_AnyValues_KeepsOrderAndTicksInside()
    {
        Gen<double> value = Gen.OneOf(Gen.Double[-1e9, 1e9], Gen.Double[-1, 1], Gen.Double[1e-9, 1e-3], Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity));
        Gen.Select(value.Array[0, 20], Gen.Int[0, 2], Gen.Int[2, 8]).Sample((values, kind, most) =>
        {
            Axis axis = Axis.Around(values, (AxisKind)kind);
            double[] places = [.. values.Where(double.IsFinite).Order().Select(axis.Place)];
            IReadOnlyList<double> ticks = axis.Ticks(most);
            return places.All(p => p is >= 0 and <= 1) && places.Zip(places.Skip(1)).All(p => p.First <= p.Second)
                && ticks.Count <= most + 3 && ticks.All(t => t >= axis.Min - 1e-9 * (axis.Max - axis.Min) && t <= axis.Max + 1e-9 * (axis.Max - axis.Min));
        }, iter: 3000);
    }
}
