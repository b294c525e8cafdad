using System.Diagnostics;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>
/// A disk of a few MiB, mounted where only chosen processes see it: root of a container cannot be kept from writing by
/// permissions, but a full file system and a read-only mount hold for root too. It needs the right to mount in a
/// namespace of its own, as root, by user namespaces or by sudo; where none of these is given, the test fails and says
/// so.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly Child _holder;
    private readonly string[] _enter;
    private readonly string _point;

    private SmallDisk(Child holder, string[] enter, string point) => (_holder, _enter, _point) = (holder, enter, point);

    /// <summary>The disk, as this process sees it.</summary>
    public string Outside => $"/proc/{_holder.Pid}/root{_point}";

    /// <summary>What a command begins with that is to see the disk at its place.</summary>
    public IReadOnlyList<string> Enter => _enter;

    private string Filler => Path.Combine(Outside, "filler");

    /// <summary>Mounts it on an empty folder.</summary>
    public static async Task<SmallDisk> MountAsync(string point, int megabytes)
    {
        List<string> refused = [];
        foreach (string[] way in (string[][])[["unshare", "-m"], ["unshare", "-Urm"], ["sudo", "-n", "unshare", "-m"]])
        {
            Child holder = new("small disk", way[0], [.. way[1..], "sh", "-c", $"mount -t tmpfs -o size={megabytes}m,mode=777 tmpfs '{point}' && echo mounted && exec cat"]);
            await Task.WhenAny(MountedAsync(holder), holder.ExitAsync(TimeSpan.FromSeconds(20)));
            if (holder.Output.Contains("mounted", StringComparison.Ordinal))
            {
                int pid = Inner(holder.Pid);
                string[] user = way[1] == "-Urm" ? ["-U", "--preserve-credentials"] : [];
                string[] sudo = way[0] == "sudo" ? ["sudo", "-n"] : [];
                return new SmallDisk(holder, [.. sudo, "nsenter", "-t", $"{pid}", "-m", .. user, "--"], point);
            }
            refused.Add($"{string.Join(' ', way)}: {holder.Output.Trim()}");
            holder.Dispose();
        }
        throw new InvalidOperationException($"A disk that fills up cannot be made here; run the tests as root or allow user namespaces. {string.Join("; ", refused)}");
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        byte[] block = new byte[4096];
        try
        {
            using FileStream file = new(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Empty() => File.Delete(Filler);

    /// <summary>Covers the disk with a view of itself that nobody may write to.</summary>
    public void MakeReadOnly() => Run("sh", "-c", $"mount --bind '{_point}' '{_point}' && mount -o remount,bind,ro '{_point}'");

    /// <summary>Takes that view away again.</summary>
    public void MakeWritable() => Run("umount", "-l", _point);

    public void Dispose()
    {
        _holder.Dispose();
        Directory.Delete(_point);
    }

    private void Run(params string[] command)
    {
        using Process process = Process.Start(_enter[0], [.. _enter[1..], .. command]);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}");
    }

    private static Task MountedAsync(Child holder) => Wait.UntilAsync(
        "the disk is mounted", () => Task.FromResult(holder.HasExited || holder.Output.Contains("mounted", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), () => holder.Output);

    // sudo stays above what it starts.
    private static int Inner(int pid)
    {
        string children = $"/proc/{pid}/task/{pid}/children";
        string? child = File.Exists(children) ? File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() : null;
        return child is null ? pid : Inner(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture));
    }
}
