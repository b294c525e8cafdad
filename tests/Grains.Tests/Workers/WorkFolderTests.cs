using System.Globalization;
using CatGan.Grains.Workers;

namespace CatGan.Grains.Tests.Workers;

public sealed class WorkFolderTests : IDisposable
{
    private readonly string _parent = Path.Combine(Path.GetTempPath(), $"catgan-test-{Guid.NewGuid():N}");

    [Fact]
    public void New_AnotherLives_LeavesItsFolderAlone()
    {
        using WorkFolder first = new(_parent);
        File.WriteAllText(Path.Combine(first.Path, "file"), "");
        using WorkFolder second = new(_parent);
        Assert.True(File.Exists(Path.Combine(first.Path, "file")));
        Assert.True(File.Exists(first.Path + ".lock"));
        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public void New_FolderOfAKilledSiloWhoseNumberIsInUseAgain_IsRemoved()
    {
        // What a killed process leaves: the folder and a lock file that nobody holds. The number is that of this process.
        string left = Leave(Environment.ProcessId);
        File.WriteAllText(left + ".lock", "");
        using WorkFolder next = new(_parent);
        Assert.Equal([next.Path], Directory.GetDirectories(_parent));
        Assert.Equal([next.Path + ".lock"], Directory.GetFiles(_parent));
    }

    [Fact]
    public void New_FolderWithoutALockWhoseProcessLives_IsOfAnOlderVersionAndStays()
    {
        string older = Leave(Environment.ProcessId);
        string dead = Leave(int.MaxValue);
        using WorkFolder next = new(_parent);
        Assert.True(Directory.Exists(older));
        Assert.False(Directory.Exists(dead));
    }

    [Fact]
    public void Dispose_LeavesNothing()
    {
        new WorkFolder(_parent).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string Leave(int pid)
    {
        string folder = Path.Combine(_parent, string.Create(CultureInfo.InvariantCulture, $"catgan-work-{pid}-{Guid.NewGuid():N}"));
        Directory.CreateDirectory(folder);
        return folder;
    }
}
