namespace CatGan.Training.Tests.Devices;

public sealed class ProcessMemoryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("catgan-memory-").FullName;

    [Theory]
    [InlineData("4294967296", 4_294_967_296)]
    [InlineData("max", 25_315_000 * 1024L)]
    [InlineData("99999999999999", 25_315_000 * 1024L)]
    [InlineData(null, 25_315_000 * 1024L)]
    public void Limit_OfAGroupOrTheMachine_IsTheLesser(string? group, long expected)
    {
        Write("proc/meminfo", "MemTotal:       25315000 kB\nMemFree:        1 kB\n");
        if (group is not null)
            Write("sys/fs/cgroup/memory.max", group + "\n");
        Assert.Equal(expected, ProcessMemory.Limit(_root));
    }

    [Fact]
    public void Limit_NothingIsTold_IsNotKnown() => Assert.Null(ProcessMemory.Limit(_root));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string name, string text)
    {
        string file = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
