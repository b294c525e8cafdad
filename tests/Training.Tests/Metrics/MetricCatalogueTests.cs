using CatGan.Abstractions.Experiments;
using CatGan.Training.Metrics;

namespace CatGan.Training.Tests.Metrics;

public class MetricCatalogueTests
{
    [Fact]
    public void All_Names_AreThoseThatASpecCanName() =>
        Assert.Equal(MetricNames.All.Select(m => m.Name), MetricCatalogue.All.Select(m => m.Name));
}
