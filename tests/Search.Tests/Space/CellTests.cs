using CsCheck;

namespace CatGan.Search.Tests;

public sealed class CellTests
{
    [Fact]
    public void CellOf_ValueAtAnyPlace_HoldsThePlace() => Gen.Select(SpaceGen.Any, Gen.Double[0, 0.999999]).Sample((space, place) =>
    {
        foreach (Parameter parameter in space.Parameters)
        {
            Cell cell = parameter.CellOf(parameter.At(place))!.Value;
            // Real values are rounded to eight digits, so their place moves a little; with two equal bounds there is no scale.
            bool real = parameter is UniformParameter { Min: var a, Max: var b } && b - a > 1e-3 || parameter is LogUniformParameter { Min: var c, Max: var d } && d / c > 1.01;
            if (real)
                Assert.InRange(cell.Middle, place - 1e-4, place + 1e-4);
            else if (parameter is not (UniformParameter or LogUniformParameter))
                Assert.InRange(place, cell.Low - 1e-9, cell.High + 1e-9);
            Assert.True(cell.Low >= 0 && cell.High <= 1 + 1e-12 && cell.Low <= cell.High);
        }
    }, iter: 300);

    [Fact]
    public void CellOf_IntOnALogScale_IsItsShareOfTheOctaves()
    {
        // 1 to 15: four octaves from 1 to 16. 1 has all of the first, 2 and 3 share the second by log2(3/2) = 0.585.
        IntParameter parameter = new("hidden", 1, 15, Log: true);
        Assert.Equal(new Cell(0, 0.25), parameter.CellOf("1"));
        Assert.Equal(0.25 + (0.5849625 / 4), parameter.CellOf("2")!.Value.High, 1e-6);
        Assert.Equal(["1", "2", "4", "8", "15"], new[] { 0, 0.26, 0.51, 0.76, 0.9999 }.Select(parameter.At));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("0.1.2")]
    [InlineData("word")]
    public void CellOf_ValueThatTheParameterCannotHave_Null(string value)
    {
        Assert.Null(new ChoiceParameter("c", ["1", "2"]).CellOf(value));
        Assert.Null(new FixedParameter("f", "1").CellOf(value));
        Assert.Null(new IntParameter("i", 1, 8).CellOf(value));
        Assert.Null(new UniformParameter("u", 0, 1).CellOf(value));
        Assert.Null(new LogUniformParameter("l", 1e-3, 1).CellOf(value));
    }
}
