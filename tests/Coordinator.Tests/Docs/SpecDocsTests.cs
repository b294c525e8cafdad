using System.Text.RegularExpressions;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Tests.Docs;

public partial class SpecDocsTests
{
    [Fact]
    public void SpecDocs_EveryKey_IsInTheTable() => Same("keys", SpecTables.Keys());

    [Fact]
    public void SpecDocs_EverySetting_IsInTheTable() => Same("settings", SpecTables.Settings());

    [Fact]
    public void SpecDocs_EveryExample_IsRight()
    {
        MatchCollection blocks = YamlBlock().Matches(Repository.Text("docs/spec.md"));
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Empty(SpecReader.Read(block.Groups[1].Value).Faults));
    }

    private static void Same(string table, IEnumerable<string> rows)
    {
        string docs = Repository.Text("docs/spec.md");
        string[] parts = docs.Split([$"<!-- {table}: held by a test -->\n", $"<!-- end of {table} -->"], StringSplitOptions.None);
        Assert.Equal(3, parts.Length);
        string[] found = [.. parts[1].Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(string.Join(Environment.NewLine, rows), string.Join(Environment.NewLine, found));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
