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
    public async Task Join_NoSuchProgram_SaysWhereItLooked()
    {
        shell.Environment[SiloProcess.PathVariable] = "nowhere/silo";
        UserException fault = await Assert.ThrowsAsync<UserException>(() => Door().JoinAsync($"file:{shell.Folder}/.catgan", shell.Store, CancellationToken.None));
        Assert.Contains(Path.Combine(shell.Folder, "nowhere/silo"), fault.Message);
    }

    [Fact]
    public async Task Find_NoEndpoint_IsNone() => Assert.Null(await Door().FindAsync(shell.Store, CancellationToken.None));

    private async Task<UserException> JoinAsync(string script)
    {
        string file = Path.Combine(shell.Folder, "silo.sh");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        shell.Environment[SiloProcess.PathVariable] = "silo.sh";
        return await Assert.ThrowsAsync<UserException>(() => Door().JoinAsync($"file:{shell.Folder}/.catgan", shell.Store, CancellationToken.None));
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
