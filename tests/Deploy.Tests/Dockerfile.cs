namespace CatGan.Deploy.Tests;

/// <summary>The instructions of a Dockerfile, continuation lines joined.</summary>
internal sealed record Dockerfile(IReadOnlyList<(string Word, string Text)> Instructions)
{
    public static Dockerfile Read(string name)
    {
        IEnumerable<string> lines = Repository.Read($"deploy/docker/{name}.Dockerfile").Split('\n').Where(l => !l.StartsWith('#'));
        string joined = string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal);
        return new Dockerfile([.. joined.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 2)).Select(p => (p[0], p[1].Trim()))]);
    }

    public IEnumerable<string> All(string word) => Instructions.Where(i => i.Word == word).Select(i => i.Text);

    /// <summary>What is copied from the repository, not from another stage.</summary>
    public IEnumerable<string> Sources => All("COPY").Where(c => !c.StartsWith("--from=", StringComparison.Ordinal)).SelectMany(c => c.Split(' ')[..^1]);
}
