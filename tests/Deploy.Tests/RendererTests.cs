using System.Text.Json.Nodes;
using CatGan.Deploy.Tests.Kustomize;

namespace CatGan.Deploy.Tests;

/// <summary>
/// The renderer against what <c>kubectl kustomize</c> (kubectl 1.32, kustomize 5.5.0) made of the same files. To record
/// anew: <c>kubectl kustomize Conformance/base &gt; Conformance/base.expected.yaml</c>, and likewise for the overlay.
/// </summary>
public sealed class RendererTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catgan-deploy-tests-").FullName;

    [Theory, InlineData("base"), InlineData("overlay")]
    public void Render_EveryFeatureThatIsUsed_GivesWhatKustomizeGives(string folder)
    {
        string conformance = Repository.File("tests/Deploy.Tests/Conformance");
        string[] expected = [.. YamlText.ReadAll(File.ReadAllText(Path.Combine(conformance, $"{folder}.expected.yaml"))).Select(Sorted).Order()];
        string[] actual = [.. Renderer.Render(Path.Combine(conformance, folder)).Select(Sorted).Order()];
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("namePrefix: x-", "the key 'namePrefix' is not among those that the renderer follows")]
    [InlineData("labels: [{pairs: {a: b}, includeSelectors: true}]", "labels[0]: the key 'includeSelectors'")]
    [InlineData("images: [{name: a, digest: b}]", "images[0]: the key 'digest'")]
    [InlineData("configMapGenerator: [{name: a, envs: [b]}]", "configMapGenerator[0]: the key 'envs'")]
    [InlineData("configMapGenerator: [{name: a, files: [../b]}]", "the file ../b lies outside of it")]
    [InlineData("configMapGenerator: [{name: a, behavior: merge}]", "there is none to merge into")]
    [InlineData("patches: [{patch: '{kind: Deployment, metadata: {name: absent}}'}]", "no Deployment is named absent")]
    [InlineData("patches: [{patch: '{kind: Deployment, metadata: {name: d}, spec: {gates: [{name: b}]}}'}]", "does not know how lists called gates are merged")]
    [InlineData("patches: [{patch: '{kind: Deployment, metadata: {name: d}, spec: {$patch: delete}}'}]", "does not follow $patch")]
    [InlineData("patches: [{target: {kind: Deployment}, patch: '[{op: replace, path: /spec/none, value: 1}]'}]", "replace /spec/none leads nowhere in Deployment d")]
    [InlineData("patches: [{target: {kind: Deployment}, patch: '[{op: move, path: /spec, from: /x}]'}]", "the key 'from'")]
    [InlineData("namespace: no", "'no' is a truth value to some readers and a text to others")]
    public void Render_WhatItDoesNotFollow_IsRefused(string line, string fault)
    {
        File.WriteAllText(Path.Combine(_folder, "d.yaml"), "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {gates: [{name: a}]}}");
        File.WriteAllText(Path.Combine(_folder, Kustomization.FileName),
            $"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [d.yaml]\n{line}\n");
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Renderer.Render(_folder));
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ChangedSetting_ChangesTheNameThatRollsThePods()
    {
        string before = Settings("A=1"), after = Settings("A=2");
        Assert.StartsWith("settings-", before, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Settings(string literal)
    {
        File.WriteAllText(Path.Combine(_folder, Kustomization.FileName),
            $"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nconfigMapGenerator: [{{name: settings, literals: [{literal}]}}]\n");
        return Shapes.Name(Renderer.Render(_folder).Single());
    }

    /// <summary>An object as text, its keys in order.</summary>
    private static string Sorted(JsonNode node) => Order(node)!.ToJsonString();

    private static JsonNode? Order(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Order(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Order)]),
        _ => node?.DeepClone(),
    };
}
