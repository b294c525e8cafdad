using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>Remembers where each part of a spec stands, and places faults that are found later there.</summary>
internal sealed class SpecPlaces
{
    private readonly Dictionary<string, (int Line, int Column)> places = new() { [""] = (1, 1) };

    /// <summary>Remembers a place. Of two of one path the first counts.</summary>
    /// <param name="path">Such as <c>parameters.lr_d.log_uniform</c> or <c>also[0]</c>.</param>
    /// <param name="node">What stands there.</param>
    public void Add(string path, SpecNode node) => places.TryAdd(path, (node.Line, node.Column));

    /// <summary>The place of a path, or of the nearest part around it that the spec has.</summary>
    public (int Line, int Column) Find(string path)
    {
        (int, int) place;
        while (!places.TryGetValue(path, out place))
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        return place;
    }

    /// <summary>A fault of a definition with its place.</summary>
    public PlacedFault Place(SpecFault fault) => At(fault.Path, fault.Message);

    /// <summary>A fault at the place of a path.</summary>
    public PlacedFault At(string path, string message)
    {
        (int line, int column) = Find(path);
        return new(line, column, message);
    }
}
