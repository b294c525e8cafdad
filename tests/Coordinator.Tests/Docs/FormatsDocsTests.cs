using System.Reflection;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Results;
using CatGan.Search;

namespace CatGan.Coordinator.Tests.Docs;

public class FormatsDocsTests
{
    private static readonly string Docs = Repository.Text("docs/formats.md");

    [Fact]
    public void FormatsDocs_EveryResultsColumn_IsThere()
    {
        SweepRecord none = new() { Id = "s", Name = "s", Dataset = "d", Metric = "swd", Experiments = [] };
        foreach (ResultColumn column in ResultColumns.Of(none).Where(c => ExperimentSettings.Find(c.Name) is null))
            Assert.Contains($"`{column.Name}`", Docs);
    }

    [Fact]
    public void FormatsDocs_EveryKindOfEvent_IsThere()
    {
        foreach (var kind in typeof(SweepEvent).GetCustomAttributes<System.Text.Json.Serialization.JsonDerivedTypeAttribute>())
            Assert.Contains($"`{kind.TypeDiscriminator}`", Docs);
    }

    [Fact]
    public void FormatsDocs_NamesOfBlobs_AreThoseOfTheLayout()
    {
        string[] names =
        [
            StoreLayout.Dataset("{name}", 64).Replace("64", "{size}"), StoreLayout.Active("{sweep}"), StoreLayout.Spec("{sweep}"), StoreLayout.Journal("{sweep}") + "{sequence}",
            StoreLayout.Curve("{sweep}", 7, 3).Replace("7", "{n}").Replace("3", "{epoch}"), StoreLayout.Log("{sweep}", 7, 3).Replace("7", "{n}").Replace("3", "{epoch}"),
            StoreLayout.Report("{sweep}"), StoreLayout.LocalEndpoint,
        ];
        Assert.All(names, n => Assert.Contains($"`{n}`", Docs));
    }
}
