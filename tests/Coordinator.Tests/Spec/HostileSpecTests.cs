using System.Text;
using CatGan.Coordinator.Spec;
using CsCheck;

namespace CatGan.Coordinator.Tests.Spec;

public class HostileSpecTests
{
    private static readonly string[] Pieces =
    [
        "name", ":", " ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "&a", "*a", "!!str", "|", ">", "\"", "'", "#", "---", "...", "?", "%YAML 1.2",
        "\t", "1e-4", "~", "parameters:", "preset: dcgan", "choice", "budget: {images: 1}", "\r\n", "\u2028", "é", "\ud83d\ude3a", "<<", "@", "`", "when", "lr",
    ];

    [Fact]
    public void Read_RandomPieces_NeverThrowsAndPlacesEveryFault() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, int.MaxValue], (length, _) => length)
            .SelectMany(length => Gen.Int[0, Pieces.Length - 1].Array[length])
            .Sample(indices => Holds(string.Concat(indices.Select(i => Pieces[i]))), iter: 4000);

    [Fact]
    public void Read_RandomText_NeverThrows() => Gen.String[0, 200].Sample(Holds, iter: 1000);

    [Fact]
    public void Read_MutatedSpec_NeverThrows()
    {
        string spec = """
            name: mutated
            budget: {images: 20_000, time: 3m}
            sampler: {name: random}
            experiments: 4
            parameters:
              preset: {choice: [dcgan, wgan]}
              lr: {log_uniform: [1e-5, 1e-3], points: 3}
              clip: {choice: [0.01, 0.1], when: {preset: [wgan]}}
            also: [{preset: dcgan, lr: 2e-4}]
            rungs: [5_000, 10_000]
            """;
        Gen.Select(Gen.Int[0, spec.Length - 1], Gen.Int[0, 12], Gen.Int[0, Pieces.Length - 1])
            .Sample((at, cut, piece) => Holds(spec[..at] + Pieces[piece] + spec[Math.Min(spec.Length, at + cut)..]), iter: 4000);
    }

    [Fact]
    public void Read_AliasesThatExplode_IsRefused()
    {
        StringBuilder yaml = new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Contains("aliases", Assert.Single(SpecReader.Read(yaml.ToString()).Faults).Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Read_DeepNesting_IsRefused(string opening)
    {
        PlacedFault fault = Assert.Single(SpecReader.Read(string.Concat(Enumerable.Repeat(opening, 100_000))).Faults);
        Assert.Contains("deep", fault.Message);
    }

    [Fact]
    public void Read_AliasInsideItself_IsRefused() =>
        Assert.Contains(SpecReader.Read("name: &a [*a]").Faults, f => f is { Line: 1, Column: 11 } && f.Message.Contains("stands inside what it names"));

    [Fact]
    public void Read_Binary_SaysThatItIsNoText() =>
        Assert.Equal(new PlacedFault(2, 2, "this is not text; a spec is a YAML file in UTF-8"), Assert.Single(SpecReader.Read("ab\nc\0d").Faults));

    [Fact]
    public void Read_OpenBracket_IsPlaced()
    {
        PlacedFault fault = Assert.Single(SpecReader.Read("name: x\ntags: [a, b\nbudget: {images: 1}").Faults);
        Assert.Equal((2, 9), (fault.Line, fault.Column));
        Assert.Contains("check the indentation, quotes and brackets", fault.Message);
    }

    [Theory]
    [InlineData("name: a\nbudget:\n\timages: 5\n", 3, 1)]
    [InlineData("name: a\nbudget:\n  images: 5\nparameters:\n\tpreset: dcgan\n", 5, 1)]
    [InlineData("name: a\nbudget:\n  images: 5\n \ttime: 3m\n", 4, 2)]
    [InlineData("name: a\r\nbudget:\r\n\timages: 5\r\n", 3, 1)]
    [InlineData("note: |\n\tx\n", 2, 1)]
    [InlineData("name: a\ntags: [a, b", 2, 12)]
    [InlineData("name: a\ntags: [a, b\n", 2, 12)]
    [InlineData("name: a\ntags: [a, b\n\n\n", 2, 12)]
    [InlineData("name: a\r\ntags: [a, b\r\n", 2, 12)]
    [InlineData("name: a\nbudget: {images: 5", 2, 19)]
    [InlineData("name: a\ntags: [", 2, 8)]
    [InlineData("name: \"a\nbudget: 5", 1, 7)]
    [InlineData("name: 'a", 1, 7)]
    [InlineData("name: a\n  budget: 5\n", 2, 9)]
    [InlineData("name: a\nbudget\n", 2, 1)]
    [InlineData("name: ]\n", 1, 7)]
    [InlineData("name: a: b\n", 1, 8)]
    [InlineData("name: a\n- b\n", 2, 1)]
    [InlineData("name: \"\\q\"\n", 1, 7)]
    public void Read_TextThatIsNoYaml_IsToldWhereItIsWrong(string yaml, int line, int column)
    {
        PlacedFault fault = Assert.Single(SpecReader.Read(yaml).Faults);
        Assert.Equal((line, column), (fault.Line, fault.Column));
    }

    [Fact]
    public void Read_NothingButFaults_KeepsTheFirstAndCountsTheOthers()
    {
        string yaml = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"imagse{i}: {i}\n"));
        IReadOnlyList<PlacedFault> faults = SpecReader.Read(yaml).Faults;
        Assert.Equal(101, faults.Count);
        Assert.Equal(new PlacedFault(101, 1, "and 19,903 more"), faults[^1]);
        Assert.Equal(Enumerable.Range(1, 100), faults.Take(100).Select(f => f.Line));
        string told = SpecFile.Faulty("cats.yaml", faults).Message;
        Assert.StartsWith("cats.yaml has more than 100 faults\n  cats.yaml:1:1: ", told);
        Assert.EndsWith("\n  cats.yaml:101:1: and 19,903 more", told);
    }

    [Fact]
    public void Read_AKeyThatIsABook_IsToldInShort()
    {
        string yaml = $"? {new string('x', 500_000)}\n: 1\n";
        Assert.All(SpecReader.Read(yaml).Faults, f => Assert.InRange(f.Message.Length, 1, 2000));
    }

    private static bool Holds(string yaml)
    {
        SpecReading reading = SpecReader.Read(yaml);
        Assert.True(reading.Definition is null == reading.Faults.Count > 0);
        int lines = yaml.TrimEnd().Split('\n').Length;
        Assert.All(reading.Faults, f => Assert.True(f.Line >= 1 && f.Line <= lines && f.Column >= 1 && f.Message.Length > 0, $"{f} of {yaml}"));
        return true;
    }
}
