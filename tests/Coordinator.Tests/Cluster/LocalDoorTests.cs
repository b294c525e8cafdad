using System.Runtime.Versioning;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Tests.Fakes;

namespace CatGan.Coordinator.Tests.Cluster;

[SupportedOSPlatform("linux")]
public sealed class LocalDoorTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Join_SiloDies_ShowsTheEndOfItsLog()
    {
        UserException fault = await JoinAsync("echo one; echo the port is taken >&2; exit 7");
        Assert.Equal(ExitCode.Unreachable, fault.ExitCode);
        Assert.Contains("ended with code 7", fault.Message);
        Assert.Contains("the port is taken", fault.Message);
    }

    [Fact]
    public async Task Join_Silo_HasASessionOfItsOwnAndTheStoreAsArgument()
    {
        UserException fault = await JoinAsync("echo session $(ps -o sid= -p $$) process $$ arguments $@");
        Assert.Matches(@"session\s+(\d+) process \1 arguments --store file:/.*/\.catgan --local", fault.Message);
    }

    [Fact]
    public async Task Join_Wishes_ReachTheSilosCommandLine()
    {
        UserException fault = await JoinAsync("echo arguments $@", new SiloWishes(3, "cuda:1"));
        Assert.Matches(@"arguments --store file:/.* --local --slots 3 --device cuda:1\b", fault.Message);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(4, null, null)]
    [InlineData(2, null, "a silo with 4 slots runs already and is used as it is; --slots 2 is for")]
    [InlineData(4, "cpu", "--slots 4 --device cpu is for")]
    public void Unmet_SiloOfFourSlots_SaysWhatItWillNotDo(int? slots, string? device, string? expected)
    {
        string? said = new SiloWishes(slots, device).Unmet(4);
        Assert.Equal(expected is null, said is null);
        Assert.Contains(expected ?? "", said ?? "");
    }

    [Fact]
    public async Task Join_NoSuchProgram_SaysWhereItLooked()
    {
        shell.Environment[SiloProcess.PathVariable] = "nowhere/silo";
        UserException fault = await Assert.ThrowsAsync<UserException>(() => Door().JoinAsync($"file:{shell.Folder}/.catgan", shell.Store, new SiloWishes(), CancellationToken.None));
        Assert.Contains(Path.Combine(shell.Folder, "nowhere/silo"), fault.Message);
    }

    [Fact]
    public async Task Find_NoEndpoint_IsNone() => Assert.Null(await Door().FindAsync(shell.Store, CancellationToken.None));

    private async Task<UserException> JoinAsync(string script, SiloWishes? wishes = null)
    {
        string file = Path.Combine(shell.Folder, "silo.sh");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        shell.Environment[SiloProcess.PathVariable] = "silo.sh";
        return await Assert.ThrowsAsync<UserException>(() => Door().JoinAsync($"file:{shell.Folder}/.catgan", shell.Store, wishes ?? new SiloWishes(), CancellationToken.None));
    }

    private LocalDoor Door() => new(new Surroundings
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Time = TimeProvider.System,
        WorkingDirectory = shell.Folder,
        Variable = name => shell.Environment.GetValueOrDefault(name),
        IsTerminal = false,
        Interrupted = CancellationToken.None,
        Door = s => new LocalDoor(s),
    });
}
