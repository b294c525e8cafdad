using System.Diagnostics;
using System.Globalization;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Workers;
using CatGan.Training;

namespace CatGan.FaultySilo;

/// <summary>The silo's own trainer, with the faults that its environment asks for.</summary>
internal sealed class FaultyTrainers(TorchTrainerFactory real) : ITrainerFactory, IDisposable
{
    /// <summary>A file with the milliseconds that each batch waits; no file, no wait.</summary>
    public const string PaceVariable = "CATGAN_TEST_PACE";

    /// <summary>A folder where each experiment's count of batches is written, a file each.</summary>
    public const string ProgressVariable = "CATGAN_TEST_PROGRESS";

    /// <summary>The experiment that kills its process before its first batch.</summary>
    public const string KillVariable = "CATGAN_TEST_KILL";

    /// <summary>A file that makes every training on this machine fail while it is there.</summary>
    public const string FailVariable = "CATGAN_TEST_FAIL";

    private readonly string? _pace = Environment.GetEnvironmentVariable(PaceVariable);
    private readonly string? _progress = Environment.GetEnvironmentVariable(ProgressVariable);
    private readonly string? _fail = Environment.GetEnvironmentVariable(FailVariable);
    private readonly int? _kill = Environment.GetEnvironmentVariable(KillVariable) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    public async Task<IPreparedRun> PrepareAsync(AttemptOrder order, TrainingDevice device, CancellationToken cancellationToken) =>
        new FaultyRun(await real.PrepareAsync(order, device, cancellationToken), this, order);

    public void Dispose() => real.Dispose();

    private sealed class FaultyRun(IPreparedRun run, FaultyTrainers faults, AttemptOrder order) : IPreparedRun
    {
        public string? EventFolder => run.EventFolder;

        public TrainingResult Run(string? checkpoint, IRunObserver observer)
        {
            if (faults._fail is { } file && File.Exists(file))
                throw new InvalidOperationException("this machine's device gives errors");
            return run.Run(checkpoint, new Observer(observer, faults, order));
        }

        public void Dispose() => run.Dispose();
    }

    private sealed class Observer(IRunObserver observer, FaultyTrainers faults, AttemptOrder order) : IRunObserver
    {
        private readonly object _nobodyPulses = new();
        private long _batches;

        public TrainingCommand NextCommand()
        {
            if (faults._kill == order.Experiment)
                Kill();
            if (faults._progress is { } folder)
                Note(Path.Combine(folder, $"{order.Sweep}-{order.Experiment}"));
            long waited = 0;
            const int Look = 20;
            while (observer.NextCommand() == TrainingCommand.Continue && waited < Pace())
            {
                lock (_nobodyPulses)
                    Monitor.Wait(_nobodyPulses, Look);
                waited += Look;
            }
            return observer.NextCommand();
        }

        public void OnReport(CurvePoint point) => observer.OnReport(point);

        public void OnSamples(long images, ReadOnlyMemory<byte> png) => observer.OnSamples(images, png);

        public void OnCheckpoint(ICheckpointCopy copy, bool rung) => observer.OnCheckpoint(copy, rung);

        // Whole or not at all: the test may look at any moment.
        private void Note(string file)
        {
            string written = $"{file}.{Environment.ProcessId}";
            File.WriteAllText(written, $"{++_batches}");
            File.Move(written, file, overwrite: true);
        }

        private static void Kill()
        {
            using Process self = Process.GetCurrentProcess();
            self.Kill();
        }

        private long Pace() => faults._pace is { } file && File.Exists(file) && long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out long wait) ? wait : 0;
    }
}
