using System.Text.Json.Nodes;
using CatGan.Deploy.Tests.Kustomize;

namespace CatGan.Deploy.Tests;

/// <summary>A mistake that somebody could make in a manifest, and what then must be said.</summary>
internal sealed record Mistake(string Rule, string Place, string Path, JsonNode? Value, string Fault, string Overlay = "cpu-azurite")
{
    /// <summary>Makes it: sets the value at a path of an object, or removes what is there when there is no value.</summary>
    public void Make(IEnumerable<JsonObject> items)
    {
        JsonObject item = items.Single(IsPlace);
        string[] steps = Path.Split(' ');
        JsonNode parent = steps[..^1].Aggregate((JsonNode)item, (at, step) => Step(at, step) ?? throw new InvalidDataException($"{Place} has no {Path}."));
        if (parent is JsonArray list)
            Put(list, steps[^1]);
        else if (Value is null)
            Assert.True(parent.AsObject().Remove(steps[^1]), $"{Place} has no {Path}");
        else
            parent[steps[^1]] = Value.DeepClone();
    }

    public override string ToString() => $"{Rule}: {Place} {Path} = {Value?.ToJsonString() ?? "nothing"}";

    // The name of a generated ConfigMap ends in a hash.
    private bool IsPlace(JsonObject item) => Place.EndsWith('*')
        ? $"{Shapes.Kind(item)} {Shapes.Name(item)}".StartsWith(Place[..^1], StringComparison.Ordinal)
        : $"{Shapes.Kind(item)} {Shapes.Name(item)}" == Place;

    private static JsonNode? Step(JsonNode at, string step) => at is not JsonArray list
        ? at[step]
        : int.TryParse(step, out int index) ? list[index] : list.First(n => n!["name"]!.GetValue<string>() == step);

    private void Put(JsonArray list, string step)
    {
        if (step == "+")
            list.Add(Value?.DeepClone());
        else if (Value is null)
            list.Remove(Step(list, step));
        else
            list[list.IndexOf(Step(list, step))] = Value.DeepClone();
    }
}
