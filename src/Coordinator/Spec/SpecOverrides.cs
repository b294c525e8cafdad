using CatGan.Coordinator.App;
using YamlDotNet.RepresentationModel;

namespace CatGan.Coordinator.Spec;

/// <summary>
/// Changes values of a spec by their keys, such as <c>budget.images=50000</c>. The order of keys stays; comments are lost,
/// since YAML's comments belong to no value.
/// </summary>
internal static class SpecOverrides
{
    private const string DocumentEnd = "\n...";
    private const int Longest = 10_000;
    private const int DeepestKey = 8;

    /// <summary>The spec with each <c>KEY=VALUE</c> in place; a value is YAML, and none at all removes the key.</summary>
    /// <exception cref="UserException">One of them cannot be understood.</exception>
    public static string Apply(string yaml, IReadOnlyList<string> settings)
    {
        if (settings.Count == 0)
            return yaml;
        YamlMappingNode root = (YamlMappingNode)Load(yaml);
        foreach (string setting in settings)
        {
            if (setting.Length > Longest)
                throw new UserException(ExitCode.BadInput, $"--set {setting[..40]}… has {setting.Length:N0} characters, but must have at most {Longest:N0}", "write a spec of its own for changes of that size");
            int at = setting.IndexOf('=');
            string[] path = at < 1 ? [] : setting[..at].Trim().Split('.');
            if (path.Length > DeepestKey)
                throw new UserException(ExitCode.BadInput, $"--set {Shown(setting)} names a key {path.Length:N0} deep, but must name one at most {DeepestKey} deep", "docs/spec.md has every key");
            if (path.Length == 0 || path.Any(string.IsNullOrWhiteSpace))
                throw new UserException(ExitCode.BadInput, $"--set is {Shown(setting)}, but must be KEY=VALUE", "such as --set budget.images=50000 or --set 'parameters.lr={choice: [1e-4, 2e-4]}'");
            Set(root, path, setting[(at + 1)..].Trim(), setting);
        }
        using StringWriter text = new();
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        string changed = text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd();
        return (changed.EndsWith(DocumentEnd, StringComparison.Ordinal) ? changed[..^DocumentEnd.Length] : changed) + "\n";
    }

    private static void Set(YamlMappingNode block, ReadOnlySpan<string> path, string value, string setting)
    {
        YamlScalarNode key = new(path[0]);
        if (path.Length > 1)
        {
            if (!block.Children.TryGetValue(key, out YamlNode? inner))
                block.Children[key] = inner = new YamlMappingNode();
            if (inner is not YamlMappingNode map)
                throw new UserException(ExitCode.BadInput, $"--set {setting} cannot be done: {path[0]} is a value there, not a block of keys", $"set the whole of it: --set '{path[0]}={{...}}'");
            Set(map, path[1..], value, setting);
        }
        else if (value.Length == 0)
            block.Children.Remove(key);
        else
            block.Children[key] = Value(value, setting);
    }

    private static YamlNode Value(string value, string setting)
    {
        // Bounded in depth and in what aliases expand to, which the representation model is not.
        FaultList faults = new();
        _ = SpecTree.Read(value, faults);
        return faults.IsEmpty
            ? Load(value)
            : throw new UserException(ExitCode.BadInput, $"--set {Shown(setting)} has no value that can be taken: {faults.ToList()[0].Message}", "quote it, such as --set 'note=\"a: b\"'");
    }

    private static string Shown(string setting) => setting.Length > 100 ? $"{setting[..100]}…" : setting;

    private static YamlNode Load(string yaml)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        return stream.Documents[0].RootNode;
    }
}
