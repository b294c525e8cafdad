using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>A process of a test: what it says is kept, and it never outlives the test, however that ends.</summary>
internal class Child : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly EventHandler _onExit;
    private readonly Thread[] _listening;

    public Child(string name, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Name = name;
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        _process = new Process { StartInfo = start };
        // A test run that is ended from outside takes its processes along.
        _onExit = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _onExit;
        _process.Start();
        _listening = [Listen(_process.StandardOutput), Listen(_process.StandardError)];
    }

    /// <summary>What the process is called in messages.</summary>
    public string Name { get; }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>All that it wrote so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The highest resident memory so far, in MiB; 0 when it has ended.</summary>
    public double PeakMemory
    {
        get
        {
            string status = $"/proc/{Pid}/status";
            string? line = HasExited || !File.Exists(status) ? null : File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    /// <summary>kill -STOP: frozen between two instructions.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>kill -CONT: awake again.</summary>
    public void Wake() => Signal("CONT");

    /// <summary>kill -TERM.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>The exit code, when it has ended.</summary>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(within, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} (process {Pid}) has not ended within {within.TotalSeconds:0} s. It said:\n{Ends(25)}");
        }
        // Its last words; not for ever, for what it started may hold its streams open.
        foreach (Thread listener in _listening)
            listener.Join(TimeSpan.FromSeconds(5));
        return _process.ExitCode;
    }

    /// <summary>The first and the last lines that it wrote: a crash names its fault first.</summary>
    public string Ends(int lines)
    {
        string[] all = Output.Split('\n');
        return string.Join('\n', all.Length <= 2 * lines ? all : [.. all[..lines], $"[{all.Length - (2 * lines)} lines]", .. all[^lines..]]);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        AppDomain.CurrentDomain.ProcessExit -= _onExit;
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {Pid}"]);
        kill.WaitForExit();
    }

    // A thread each: the process's own events would block a thread of the pool for every stream of every child.
    private Thread Listen(StreamReader stream)
    {
        Thread listener = new(() => Hear(stream)) { IsBackground = true, Name = Name };
        listener.Start();
        return listener;
    }

    private void Hear(StreamReader stream)
    {
        try
        {
            while (stream.ReadLine() is { } line)
            {
                lock (_output)
                    _output.AppendLine(line);
            }
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException)
        {
            // The test is over.
            return;
        }
    }
}
