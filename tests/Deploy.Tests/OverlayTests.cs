using System.Text.Json.Nodes;
using CatGan.Deploy.Tests.Rules;

namespace CatGan.Deploy.Tests;

/// <summary>Every overlay as it is rendered, and what is said when somebody makes a mistake in one.</summary>
public class OverlayTests
{
    public static TheoryData<string> Overlays => [.. Manifests.Overlays];

    public static TheoryData<int> Mistakes => [.. Enumerable.Range(0, MistakeList.All.Count)];

    public static TheoryData<string, string, string, string> Unreadable => new()
    {
        { "Deployment silo", "spec replica", "2", "replica" },
        { "Deployment silo", "spec template spec containers silo env CatGan__Slots value", "1", "value is 1, but Kubernetes reads \"1\"" },
        { "Deployment silo", "spec replicas", "\"two\"", "two" },
        { "Deployment silo", "apiVersion", "\"apps/v1beta1\"", "apps/v1beta1/Deployment has no typed model here" },
        { "Deployment redis", "spec template spec containers redis resources requests memory", "\"32MB\"", "suffix" },
    };

    [Fact]
    public void Overlays_UnderDeploy_AreTheThree() => Assert.Equal(["cpu-azurite", "gpu-azure", "monitoring"], Manifests.Overlays);

    [Theory, MemberData(nameof(Overlays))]
    public void Overlay_AsItIs_KeepsEveryRule(string overlay) =>
        Assert.Empty(RuleCatalogue.Faults(Manifests.Read(Manifests.Render(overlay))));

    [Theory, MemberData(nameof(Mistakes))]
    public void Mistake_MadeInAManifest_IsNamed(int number)
    {
        Mistake mistake = MistakeList.All[number];
        IReadOnlyList<JsonObject> items = Manifests.Render(mistake.Overlay);
        mistake.Make(items);
        IReadOnlyList<string> faults = RuleCatalogue.Faults(Manifests.Read(items));
        Assert.True(faults.Any(f => f.StartsWith(mistake.Rule + ": ", StringComparison.Ordinal) && f.Contains(mistake.Fault, StringComparison.Ordinal)),
            $"{mistake}\nwas told as:\n{string.Join('\n', faults)}");
    }

    [Theory, MemberData(nameof(Unreadable))]
    public void Read_FieldOrValueThatKubernetesDoesNotKnow_IsRefused(string place, string path, string value, string fault)
    {
        IReadOnlyList<JsonObject> items = Manifests.Render("cpu-azurite");
        new Mistake("", place, path, JsonNode.Parse(value), "").Make(items);
        Exception refused = Assert.ThrowsAny<Exception>(() => Manifests.Read(items));
        Assert.Contains(fault, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_OfDeployment_SaysHowToMakeWhatIsMadeByHand() =>
        Assert.All(NamesRule.MadeByHand, name => Assert.Contains($"create secret generic {name} ", Repository.Read("deploy/README.md"), StringComparison.Ordinal));

    [Fact]
    public void Rules_EachOfThem_HasAMistakeThatItFinds() =>
        Assert.Equal(RuleCatalogue.All.Keys.Order(), MistakeList.All.Select(m => m.Rule).Distinct().Order());
}
