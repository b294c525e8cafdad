using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Abstractions.Telemetry;
using CatGan.Grains.Telemetry;
using CatGan.Storage;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>
/// Brings checkpoints and samples of one attempt to the store in the background, in order, and tells the journal of
/// each checkpoint when it is there. A checkpoint that the store does not take is tried again, each try with a time
/// limit, as long as nothing newer holds what it holds: the last one, and those of rungs. It waits in a file of this
/// machine; behind it, <see cref="RunPosts"/> keeps a bounded number in memory.
/// </summary>
/// <param name="services">What every attempt works with.</param>
/// <param name="order">The attempt.</param>
/// <param name="experiment">Hears of a checkpoint that the journal refuses.</param>
/// <param name="control">Says when the time to write is over.</param>
/// <param name="curve">The attempt's curve, which reaches the store before the news of a checkpoint does.</param>
/// <param name="log">The attempt's log.</param>
internal sealed class CheckpointUploads(
    AttemptServices services, AttemptOrder order, IExperimentGrain experiment, RunControl control, AttemptCurve curve, AttemptLog log)
{
    private readonly ISweepJournalGrain _journal = services.Grains.Journal(order.Sweep);
    private readonly Channel<Upload> _uploads = Channel.CreateUnbounded<Upload>(new() { SingleReader = true });
    private int _newer;

    /// <summary>Why the newest checkpoint so far is not in the store; null when it is.</summary>
    public string? Fault { get; private set; }

    public void Add(SamplesPost samples) => _uploads.Writer.TryWrite(new Upload(samples, null, null, services.Timing.Time.GetTimestamp()));

    /// <summary>Takes over a checkpoint's copy.</summary>
    /// <param name="checkpoint">The copy.</param>
    /// <param name="last">The report before it, for its training time.</param>
    /// <param name="rung">The full score that was taken at it; null for none.</param>
    public void Add(CheckpointPost checkpoint, CurvePoint? last, CurvePoint? rung)
    {
        Interlocked.Increment(ref _newer);
        _uploads.Writer.TryWrite(new Upload(checkpoint, last, rung, services.Timing.Time.GetTimestamp()));
    }

    public void Complete() => _uploads.Writer.TryComplete();

    public async Task RunAsync(RunPosts posts)
    {
        await foreach (Upload upload in _uploads.Reader.ReadAllAsync())
        {
            try
            {
                await BringAsync(upload);
            }
            catch (OperationCanceledException) when (control.Writes.IsCancellationRequested)
            {
                // Not the store's fault: whoever goes on has the one before, or has it already.
                services.Log.LogInformation("{What} of {Sweep}/{Experiment} is not written: its time is over.", upload.Post.GetType().Name, order.Sweep, order.Experiment);
            }
            catch (Exception fault)
            {
                // A newer checkpoint holds everything too; a lost picture is only a picture.
                Lost(upload);
                services.Log.LogWarning(fault, "{What} of {Sweep}/{Experiment} is lost.", upload.Post.GetType().Name, order.Sweep, order.Experiment);
            }
            finally
            {
                if (upload.Post is CheckpointPost checkpoint)
                    checkpoint.Copy.Dispose();
                posts.Done(upload.Post);
            }
        }
    }

    // One that is in the store, of which the journal could not be told, is no failure of the store.
    private void Lost(Upload upload)
    {
        if (upload.Post is not CheckpointPost)
            services.Meters.StoreFailed(StoreWork.Record);
        else if (!upload.Stored)
            services.Meters.CheckpointLost();
    }

    private Task BringAsync(Upload upload)
    {
        control.Writes.ThrowIfCancellationRequested();
        return upload.Post switch
        {
            SamplesPost samples => SamplesAsync(samples),
            CheckpointPost checkpoint => CheckpointAsync(checkpoint, upload),
            _ => Task.CompletedTask,
        };
    }

    private Task SamplesAsync(SamplesPost samples)
    {
        string blob = StoreLayout.Samples(order.Sweep, order.Experiment, samples.Images, order.Epoch);
        return StoreCall.WithinAsync(
            StoreCall.LimitFor(samples.Png.Length, services.Timing),
            services.Timing,
            token => services.Store.WriteBytesAsync(blob, samples.Png, BlobCondition.Always, token),
            control.Writes);
    }

    private async Task CheckpointAsync(CheckpointPost post, Upload upload)
    {
        (CurvePoint? last, CurvePoint? rung, long copied) = (upload.Last, upload.Rung, upload.CopiedAt);
        Interlocked.Decrement(ref _newer);
        List<AttemptNews> news = [];
        try
        {
            news.Add(await StoreAsync(post, last, copied));
            upload.Stored = true;
        }
        finally
        {
            // A rung's score counts even where its checkpoint could not be written.
            if (rung is not null)
                news.Add(new RungNews(order.Epoch, rung.Images, AttemptRecord.Values(rung)));
            if (news.Count > 0)
                await TellAsync([.. news], rung?.Images);
        }
    }

    private async Task<CheckpointNews> StoreAsync(CheckpointPost post, CurvePoint? last, long copied)
    {
        using Activity? span = Begin("checkpoint", post.Copy.Images);
        // Its wait for those before it is part of it.
        span?.SetStartTime((services.Timing.Now - services.Timing.Time.GetElapsedTime(copied)).UtcDateTime);
        try
        {
            using StagedCheckpoint staged = await AgainAsync(post, () => services.Checkpoints.StageAsync(order, post.Copy, control.Writes));
            post.Copy.Dispose();
            await AgainAsync(post, () => SaveAsync(staged));
            services.Meters.Checkpoint(staged.Bytes, services.Timing.Time.GetElapsedTime(copied));
            return new CheckpointNews(order.Epoch, staged.Checkpoint, staged.Updates, last?.Seconds ?? 0, staged.Bytes);
        }
        catch (Exception fault)
        {
            CatGanSpans.Fail(span, fault);
            throw;
        }
    }

    // First the curve, then the blob: what the journal knows of is all there.
    private async Task<bool> SaveAsync(StagedCheckpoint staged)
    {
        await curve.FlushAsync(control.Writes);
        await services.Checkpoints.UploadAsync(staged, control.Writes);
        Fault = null;
        return true;
    }

    private async Task<T> AgainAsync<T>(CheckpointPost post, Func<Task<T>> step)
    {
        for (int failed = 1; ; failed++)
        {
            try
            {
                return await step();
            }
            catch (Exception fault) when (!control.Writes.IsCancellationRequested)
            {
                Fault = fault.Message;
                services.Meters.StoreFailed(StoreWork.Checkpoint);
                if (!Again(fault, post, failed))
                {
                    log.Add($"The checkpoint at {post.Copy.Images} images is lost after {failed} tries: {fault.Message}");
                    throw;
                }
                if (failed == 1)
                    log.Add($"The checkpoint at {post.Copy.Images} images waits for the store: {fault.Message}");
                services.Log.LogInformation("The checkpoint of {Sweep}/{Experiment} is tried again: {Fault}", order.Sweep, order.Experiment, fault.Message);
            }
            await Task.Delay(StoreRetry.Wait(failed, services.Timing), services.Timing.Time, control.Writes);
        }
    }

    // One that is handed back has until its time to leave is over, when its writes are cancelled.
    private bool Again(Exception fault, CheckpointPost post, int failed) =>
        StoreRetry.MayPass(fault)
        && control.Why is LeaveWhy.No or LeaveWhy.HandBack
        && (failed < services.Timing.StoreTries || control.Why == LeaveWhy.HandBack)
        && (post.Rung || Volatile.Read(ref _newer) == 0);

    // Straight to the journal: what the experiment knows of the attempt stays so, unless the journal says otherwise.
    private async Task TellAsync(ImmutableArray<AttemptNews> news, long? rung)
    {
        using Activity? span = rung is { } images ? Begin("rung", images) : null;
        try
        {
            RecordAnswer answer = await RecordAsync(news);
            if (!answer.Recorded)
                services.Log.LogInformation("News of {Sweep}/{Experiment} is not journaled: {Reason}", order.Sweep, order.Experiment, answer.Refusal);
        }
        catch (Exception fault)
        {
            CatGanSpans.Fail(span, fault);
            throw;
        }
    }

    private async Task<RecordAnswer> RecordAsync(ImmutableArray<AttemptNews> news)
    {
        string what = $"{order.Sweep}/{order.Experiment}'s checkpoint";
        RecordAnswer answer = await services.Retry.CallAsync(
            what, () => _journal.Record(order.Experiment, news, CancellationToken.None), control.Writes);
        return answer.Recorded
            ? answer
            : await services.Retry.CallAsync(what, () => experiment.Record(news, CancellationToken.None), control.Writes);
    }

    private Activity? Begin(string what, long images) =>
        CatGanSpans.Begin(what, SweepTrace.Attempt(order.Sweep, order.Experiment, order.Epoch))?.SetTag(TelemetryNames.Images, images);

    private sealed record Upload(RunPost Post, CurvePoint? Last, CurvePoint? Rung, long CopiedAt)
    {
        public bool Stored { get; set; }
    }
}
