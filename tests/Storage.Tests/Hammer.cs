using System.Diagnostics;
using System.Globalization;

namespace CatGan.Storage.Tests;

/// <summary>
/// A process of its own that increments a counter in a folder store until it is killed, and says each value that
/// was acknowledged. It is this very executable, told by an environment variable.
/// </summary>
internal sealed class Hammer : IDisposable
{
    private const string Variable = "CATGAN_TEST_HAMMER";
    private readonly Process _process;

    public Hammer(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[Variable] = folder;
        _process = Process.Start(start)!;
    }

    /// <summary>Values this process was told were written.</summary>
    public List<int> Acknowledged { get; } = [];

    /// <summary>Waits until as many values more were acknowledged.</summary>
    public async Task HearAsync(int values, CancellationToken ct)
    {
        for (var i = 0; i < values; i++)
            Acknowledged.Add(int.Parse(await _process.StandardOutput.ReadLineAsync(ct) ?? throw new EndOfStreamException("The hammer ended."), CultureInfo.InvariantCulture));
    }

    /// <summary>Sends a signal: STOP, CONT, KILL.</summary>
    public async Task SignalAsync(string signal, CancellationToken ct)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Kills the process and hears what it still had said.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        await SignalAsync("KILL", ct);
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
            Acknowledged.Add(int.Parse(line, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>What the process does; returns false at once where it is an ordinary test run.</summary>
    internal static async Task<bool> RunIfToldAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return false;
        var store = new FolderBlobStore(folder, TimeProvider.System);
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (; ; )
        {
            var value = await BlobStoreContract.IncrementAsync(store, "counter", CancellationToken.None);
            await output.WriteLineAsync(value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
