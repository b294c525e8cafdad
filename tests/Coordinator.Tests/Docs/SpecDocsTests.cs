using System.Text.RegularExpressions;
using CatGan.Coordinator.Spec;
using CatGan.Search;

namespace CatGan.Coordinator.Tests.Docs;

public partial class SpecDocsTests
{
    [Fact]
    public void SpecDocs_EveryKey_IsInTheTable() => Same("keys", SpecTables.Keys());

    [Fact]
    public void SpecDocs_EverySetting_IsInTheTable() => Same("settings", SpecTables.Settings());

    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md"))
            .Select(f => Path.GetRelativePath(Repository.Root, f)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Docs_EverySpec_IsRight(string page)
    {
        MatchCollection blocks = YamlBlock().Matches(Repository.Text(page));
        Assert.True(blocks.Count > 0 || page is not ("README.md" or "docs/spec.md"));
        Assert.All(blocks, block => Assert.Empty(SpecReader.Read(block.Groups[1].Value).Faults.Select(f => f.Message)));
    }

    [Fact]
    public void Readme_FirstSpec_RunsWhatTheQuickExampleRuns()
    {
        string[] example = [.. Ran(Repository.Text("examples/four-gans.yaml"))];
        Assert.Equal(12, example.Length);
        Assert.Equal(example, Ran(YamlBlock().Match(Repository.Text("README.md")).Groups[1].Value));
    }

    private static IEnumerable<string> Ran(string spec)
    {
        SweepDefinition sweep = SpecReader.Read(spec).Definition!;
        return sweep.Preview().Select(c => $"{sweep.Dataset} {sweep.BudgetImages} {string.Join(' ', c.Select(p => $"{p.Key}={p.Value}"))}");
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
