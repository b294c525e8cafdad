using System.Collections.Immutable;
using System.Diagnostics;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Abstractions.Telemetry;
using CatGan.Grains.Telemetry;
using CatGan.Search;
using CatGan.Training;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>
/// Carries what a run posts to where it lasts: curves, samples and checkpoints to the store, news to the journal.
/// First the blob, then its news; the curve before either.
/// </summary>
internal sealed class AttemptRecord(AttemptServices services, AttemptOrder order, IExperimentGrain experiment, RunControl control) : IDisposable
{
    // A span for every report would be most of a trace; the first and each hundredth show how long they take.
    private const int SampledReports = 100;

    private readonly AttemptCurve _curve = new(services.Store, order, services.Timing);
    private ImmutableSortedDictionary<string, string> _flags = ImmutableSortedDictionary<string, string>.Empty;
    private CurvePoint? _last;
    private CurvePoint? _lastFull;
    private string? _lastCheckpointFault;
    private bool _keepsLog;
    private long _reports;

    /// <summary>TensorBoard event files of the run.</summary>
    public EventFiles Events { get; } = new(services.Store, order, services.Timing);

    public AttemptLog Log { get; } = new(services.Store, order, services.Timing);

    /// <summary>
    /// Asks every second what to do, so that a pause need not wait for a report; besides, writes the log now and then, so
    /// that it can be read while the attempt runs.
    /// </summary>
    public Task ListenAsync(CancellationToken over) => Task.WhenAll(AskAsync(over), WriteLogAsync(over));

    private async Task AskAsync(CancellationToken over)
    {
        using PeriodicTimer timer = new(services.Timing.ListenEvery, services.Timing.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
                await ReportAsync([]);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    // Apart from the asking, which must not wait for a store that hangs.
    private async Task WriteLogAsync(CancellationToken over)
    {
        using PeriodicTimer timer = new(services.Timing.CurveEvery, services.Timing.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
                await TryAsync("log", Log.FlushAsync).WaitAsync(over);
        }
        catch (OperationCanceledException)
        {
            // The run is over; its end writes the rest.
        }
    }

    /// <summary>Reads posts until the run is over, and waits until all of them are where they belong.</summary>
    public async Task CarryAsync(RunPosts posts)
    {
        CheckpointUploads uploads = new(services, order, experiment, control, _curve, Log);
        Task uploading = uploads.RunAsync(posts);
        await foreach (RunPost post in posts.Reader.ReadAllAsync())
            await CarryAsync(post, uploads);
        uploads.Complete();
        await uploading;
        _lastCheckpointFault = uploads.Fault;
        await FlushAsync();
    }

    public AttemptNews Ended(TrainingResult result)
    {
        if (result.Took > TimeSpan.Zero)
            Log.Add($"Scores and sample grids took {result.Evaluation.TotalSeconds:N1} s of {result.Took.TotalSeconds:N1} s ({result.Evaluation / result.Took:P1}).");
        if (result.End == TrainingEnd.Left)
            return Left();
        // What was trained is worth nothing without its last checkpoint: the next attempt makes it again.
        if (_lastCheckpointFault is { } fault && (result.Outcome ?? Outcome.Completed) == Outcome.Completed)
            return StoreFailed($"the last checkpoint could not be written: {fault}");
        CurvePoint? last = result.Last ?? _last;
        AddFlags(last);
        CurvePoint? full = last is { Full: true } ? last : _lastFull;
        return new EndedNews(order.Epoch, result.Outcome ?? Outcome.Completed, result.Reason)
        {
            Flags = _flags,
            Images = result.Images,
            Updates = result.Updates,
            Seconds = last?.Seconds ?? 0,
            Scores = full is { } point && point.Images == result.Images ? Values(point) : ImmutableSortedDictionary<string, double>.Empty,
        };
    }

    /// <summary>Gives the experiment back after an exception: it may have been the machine, so that it is tried once more elsewhere.</summary>
    public AttemptNews Threw(string reason) => new LeftNews(order.Epoch, reason, LeftCause.Failed);

    /// <summary>
    /// Writes the log now and with each write of the curve: of an attempt that is suspected of taking its process down,
    /// it is what will be known.
    /// </summary>
    public Task KeepLogAsync()
    {
        _keepsLog = true;
        return TryAsync("log", Log.FlushAsync);
    }

    /// <summary>Ends the experiment: trying it again would not help.</summary>
    public AttemptNews Failed(string reason) => new EndedNews(order.Epoch, Outcome.Failed, reason)
    {
        Flags = _flags,
        Images = _last?.Images ?? 0,
        Updates = _last?.Updates ?? 0,
        Seconds = _last?.Seconds ?? 0,
    };

    /// <summary>Hands the experiment back, because the store did not do what the attempt cannot do without.</summary>
    public AttemptNews StoreFailed(string fault) => new LeftNews(order.Epoch, $"{LossRule.StoreFailed}: {fault}", LeftCause.StoreFailed);

    public AttemptNews Left() => new LeftNews(order.Epoch, control.Reason);

    /// <summary>Flushes log and curve, then tells the journal.</summary>
    public async Task EndAsync(AttemptNews news)
    {
        Log.Add(news switch
        {
            EndedNews ended => $"{ended.Outcome}{(ended.Reason is { } why ? $": {why}" : "")} after {ended.Images} images.",
            LeftNews left => $"Left: {left.Reason}.",
            _ => news.ToString(),
        });
        string end = news is EndedNews over ? GrainsMeters.Word(over.Outcome) : GrainsMeters.Word(((LeftNews)news).Cause);
        await CatGanSpans.DoAsync("end", SweepTrace.Attempt(order.Sweep, order.Experiment, order.Epoch), async span =>
        {
            span?.SetTag(TelemetryNames.End, end);
            await TryAsync("log", _ => Log.FlushAsync(control.Fenced));
            return await services.Retry.CallAsync(
                $"{order.Sweep}/{order.Experiment}'s end", () => experiment.Record([news], CancellationToken.None), control.Fenced);
        });
    }

    public void Dispose()
    {
        _curve.Dispose();
        Log.Dispose();
    }

    internal static ImmutableSortedDictionary<string, double> Values(CurvePoint point) =>
        point.Scores.ToImmutableSortedDictionary(s => s.Key, s => s.Value.Value);

    private async Task CarryAsync(RunPost post, CheckpointUploads uploads)
    {
        switch (post)
        {
            case ReportPost report:
                await ReportAsync(report.Point);
                break;
            case SamplesPost samples:
                uploads.Add(samples);
                break;
            case CheckpointPost checkpoint:
                await TryAsync("event file", Events.FlushAsync);
                uploads.Add(checkpoint, _last, checkpoint.Rung ? _lastFull : null);
                break;
        }
    }

    private async Task ReportAsync(CurvePoint point)
    {
        _last = point;
        AddFlags(point);
        if (point.Full)
            _lastFull = point;
        _curve.Add(point);
        if (_curve.Due)
        {
            await TryAsync("curve", _curve.FlushAsync);
            if (_keepsLog)
            {
                Log.Add($"{point.Images} images.");
                await TryAsync("log", Log.FlushAsync);
            }
        }
        using Activity? span = _reports++ % SampledReports == 0
            ? CatGanSpans.Begin("report", SweepTrace.Attempt(order.Sweep, order.Experiment, order.Epoch))?.SetTag(TelemetryNames.Images, point.Images)
            : null;
        await ReportAsync([point]);
    }

    // Ordinary reports may be lost; the next one, a second later, asks again.
    private async Task ReportAsync(ImmutableArray<CurvePoint> points)
    {
        try
        {
            ReportAnswer answer = await experiment.Report(order.Epoch, points, control.Fenced);
            if (answer.Stale)
                control.Leave(LeaveWhy.Fenced, answer.Reason ?? "a newer attempt has overtaken it");
            else if (answer.Command == AttemptCommand.Stop)
                control.Leave(LeaveWhy.Stop, answer.Reason ?? "stopped");
            else if (answer.Command == AttemptCommand.Pause)
                control.Leave(LeaveWhy.HandBack, answer.Reason ?? "paused");
        }
        catch (Exception fault)
        {
            services.Log.LogWarning("A report of {Sweep}/{Experiment} was not answered: {Fault}", order.Sweep, order.Experiment, fault.Message);
        }
    }

    private async Task FlushAsync()
    {
        await TryAsync("curve", _curve.FlushAsync);
        await TryAsync("event file", Events.FlushAsync);
    }

    private void AddFlags(CurvePoint? point)
    {
        if (point is not null)
            _flags = _flags.SetItems(point.Flags.Where(f => !_flags.ContainsKey(f.Key)));
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> write)
    {
        try
        {
            await write(control.Writes);
        }
        catch (OperationCanceledException) when (control.Writes.IsCancellationRequested)
        {
            services.Log.LogInformation("The {What} of {Sweep}/{Experiment} is not written: its time is over.", what, order.Sweep, order.Experiment);
        }
        catch (Exception fault)
        {
            // Training is worth more than its curve: the next flush writes all of it again.
            services.Meters.StoreFailed(StoreWork.Record);
            services.Log.LogWarning(fault, "The {What} of {Sweep}/{Experiment} could not be written.", what, order.Sweep, order.Experiment);
        }
    }
}
