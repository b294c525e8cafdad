using System.Diagnostics;
using System.Text;
using CatGan.Coordinator.Cluster;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.EndToEnd;

/// <summary>The real programs on a store of their own; ends the silo that they started.</summary>
internal sealed class RealCatGan : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public RealCatGan() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "catgan-tests", Guid.NewGuid().ToString("N"));

    public IBlobStore Store => BlobStores.Open("file:" + Path.Combine(Folder, ".catgan"));

    public string Spec(string name, long images)
    {
        File.WriteAllText(Path.Combine(Folder, name), $$"""
            name: tiny
            dataset: builtin:drawn-cats?count=128
            budget: {images: {{images}}}
            parameters:
              preset: {choice: [dcgan, lsgan]}
              size: 16
              hidden: 2
              z: 8
              batch: 16
            report_every: 3000
            checkpoint_every: 800
            samples_every: 800
            """);
        return name;
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<Fakes.Said> RunAsync(params string[] args)
    {
        using Running running = Start(args);
        return await running.EndAsync();
    }

    /// <summary>Starts a command.</summary>
    public Running Start(params string[] args)
    {
        DirectoryInfo here = new(AppContext.BaseDirectory);
        string program = Path.GetFullPath(Path.Combine(here.FullName, "..", "..", "CatGan.Coordinator", here.Name, "catgan"));
        return new(new ProcessStartInfo(program, args) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true });
    }

    /// <summary>Kills the silo as the kernel would; null when there is none.</summary>
    public async Task<int?> KillSiloAsync()
    {
        if (await LocalEndpoint.ReadAsync(Store, CancellationToken.None) is not { } endpoint)
            return null;
        try
        {
            using Process silo = Process.GetProcessById(endpoint.Pid);
            silo.Kill();
            await silo.WaitForExitAsync();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended by itself.
        }
        return endpoint.Pid;
    }

    public async ValueTask DisposeAsync()
    {
        await KillSiloAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A command that runs.</summary>
    internal sealed class Running : IDisposable
    {
        private readonly Process process;
        private readonly StringBuilder error = new();
        private readonly StringBuilder output = new();

        public Running(ProcessStartInfo start)
        {
            process = new Process { StartInfo = start, EnableRaisingEvents = true };
            process.OutputDataReceived += (_, e) => Add(output, e.Data);
            process.ErrorDataReceived += (_, e) => Add(error, e.Data);
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        private event Action<string>? Line;

        /// <summary>Completes at the first line that holds the text.</summary>
        public async Task SeeAsync(string text)
        {
            TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Line += line =>
            {
                if (line.Contains(text))
                    seen.TrySetResult();
            };
            lock (output)
            {
                if (output.ToString().Contains(text))
                    seen.TrySetResult();
            }
            await Task.WhenAny(seen.Task, process.WaitForExitAsync()).WaitAsync(Patience);
            Assert.True(seen.Task.IsCompleted, $"ended with {(process.HasExited ? process.ExitCode : null)} before it printed {text}: {output} {error}");
        }

        /// <summary>Sends a signal: INT is Ctrl-C.</summary>
        public void Signal(string name)
        {
            using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {process.Id}"]);
            kill.WaitForExit();
        }

        /// <summary>Process ids of its children.</summary>
        public IEnumerable<int> Children() => Directory.GetDirectories($"/proc/{process.Id}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));

        /// <summary>Waits for its end.</summary>
        public async Task<Fakes.Said> EndAsync()
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
            return new(process.ExitCode, output.ToString(), error.ToString());
        }

        public void Dispose()
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }

        private void Add(StringBuilder to, string? line)
        {
            if (line is null)
                return;
            lock (output)
                to.Append(line).Append('\n');
            Line?.Invoke(line);
        }
    }
}
