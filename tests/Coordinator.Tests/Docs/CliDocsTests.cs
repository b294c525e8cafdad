using System.CommandLine;
using System.Reflection;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Commands;

namespace CatGan.Coordinator.Tests.Docs;

public class CliDocsTests
{
    [Fact]
    public void CliDocs_EveryCommand_IsInTheTable()
    {
        string docs = Repository.Text("docs/cli.md");
        Surroundings surroundings = new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            Time = TimeProvider.System,
            WorkingDirectory = "/",
            Variable = _ => null,
            IsTerminal = false,
            Interrupted = CancellationToken.None,
            Door = s => new LocalDoor(s),
        };
        foreach (Command command in CommandCatalogue.All.Select(create => create(surroundings)))
        {
            Assert.Matches($@"\| `{command.Name}[ `]", docs);
            Assert.All(command.Options.Where(o => o.Name is "--slots" or "--device"), o => Assert.Contains($"`{o.Name} ", docs));
            Assert.False(string.IsNullOrWhiteSpace(command.Description));
            Assert.Equal(docs.Split('\n').Single(l => l.StartsWith($"| `{command.Name}", StringComparison.Ordinal)).Contains("| starts one |"), command.Options.Any(o => o.Name == "--slots"));
            Assert.All(command.Options, o => Assert.False(string.IsNullOrWhiteSpace(o.Description), $"{command.Name} {o.Name}"));
        }
    }

    [Fact]
    public void CliDocs_EveryExitCode_IsInTheTable()
    {
        string docs = Repository.Text("docs/cli.md");
        foreach (FieldInfo code in typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static))
            Assert.Contains($"\n| {code.GetRawConstantValue()} |", docs);
    }
}
