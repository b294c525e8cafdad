using CatGan.Coordinator.App;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Coordinator.Tests.Sweeps;

public class SweepIdTests
{
    [Theory]
    [InlineData("Four GANs", "four-gans-")]
    [InlineData("  Kätzchen & Cats!! ", "k-tzchen-cats-")]
    [InlineData("猫", "sweep-")]
    [InlineData("../../etc/passwd", "etc-passwd-")]
    public void Create_AnyName_IsASlugThatAStoreTakes(string name, string expected)
    {
        string id = SweepId.Create(name, TimeProvider.System);
        Assert.Equal(expected, id[..^8]);
        Assert.Null(BlobName.Fault($"sweeps/{id}/spec.yaml"));
    }

    [Fact]
    public void Create_Later_SortsLater()
    {
        FakeTimeProvider time = new(new(2026, 5, 5, 0, 0, 0, TimeSpan.Zero));
        List<string> ids = [];
        for (int i = 0; i < 40; i++)
        {
            ids.Add(SweepId.Create("a", time));
            time.Advance(TimeSpan.FromSeconds(1 + (i * i * 1000)));
        }
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [InlineData("last/3", "last", 3)]
    [InlineData("four-gans-1/12", "four-gans-1", 12)]
    public void Parse_SweepAndNumber_AreTakenApart(string typed, string sweep, int number) =>
        Assert.Equal(new ExperimentReference(sweep, number), ExperimentReference.Parse(typed));

    [Theory]
    [InlineData("last")]
    [InlineData("/3")]
    [InlineData("last/")]
    [InlineData("last/-1")]
    [InlineData("last/x")]
    public void Parse_AnythingElse_IsRefused(string typed) => Assert.Equal(ExitCode.BadInput, Assert.Throws<UserException>(() => ExperimentReference.Parse(typed)).ExitCode);
}
