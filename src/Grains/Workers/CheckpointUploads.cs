using System.Collections.Immutable;
using System.Threading.Channels;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Abstractions.Grains;
using CatGan.Storage;
using Microsoft.Extensions.Logging;

namespace CatGan.Grains.Workers;

/// <summary>
/// Brings checkpoints and samples of one attempt to the store in the background, in order, and tells the journal of
/// each checkpoint when it is there.
/// </summary>
internal sealed class CheckpointUploads(AttemptServices services, AttemptOrder order, IExperimentGrain experiment, RunControl control)
{
    private readonly Channel<Upload> _uploads = Channel.CreateUnbounded<Upload>(new() { SingleReader = true });

    public void Add(SamplesPost samples) => _uploads.Writer.TryWrite(new Upload(samples, null, null));

    /// <summary>Takes over a checkpoint's copy.</summary>
    /// <param name="checkpoint">The copy.</param>
    /// <param name="last">The report before it, for its training time.</param>
    /// <param name="rung">The full score that was taken at it; null for none.</param>
    public void Add(CheckpointPost checkpoint, CurvePoint? last, CurvePoint? rung) => _uploads.Writer.TryWrite(new Upload(checkpoint, last, rung));

    public void Complete() => _uploads.Writer.TryComplete();

    public async Task RunAsync(RunPosts posts)
    {
        await foreach (Upload upload in _uploads.Reader.ReadAllAsync())
        {
            try
            {
                await BringAsync(upload);
            }
            catch (Exception fault)
            {
                // The next checkpoint holds everything too; a lost picture is only a picture.
                services.Log.LogWarning(fault, "{What} of {Sweep}/{Experiment} is lost.", upload.Post.GetType().Name, order.Sweep, order.Experiment);
            }
            finally
            {
                if (upload.Post is CheckpointPost checkpoint)
                {
                    checkpoint.Copy.Dispose();
                    posts.CheckpointDone();
                }
            }
        }
    }

    private Task BringAsync(Upload upload)
    {
        control.Writes.ThrowIfCancellationRequested();
        return upload.Post switch
        {
            SamplesPost samples => services.Store.WriteBytesAsync(
                StoreLayout.Samples(order.Sweep, order.Experiment, samples.Images, order.Epoch), samples.Png, BlobCondition.Always, control.Writes),
            CheckpointPost checkpoint => CheckpointAsync(checkpoint, upload.Last, upload.Rung),
            _ => Task.CompletedTask,
        };
    }

    private async Task CheckpointAsync(CheckpointPost post, CurvePoint? last, CurvePoint? rung)
    {
        List<AttemptNews> news = [];
        try
        {
            (CheckpointRef saved, long bytes) = await services.Checkpoints.SaveAsync(order, post.Copy, control.Writes);
            services.Meters.Checkpoint(bytes);
            news.Add(new CheckpointNews(order.Epoch, saved, post.Copy.Updates, last?.Seconds ?? 0, bytes));
        }
        finally
        {
            // A rung's score counts even where its checkpoint could not be written.
            if (rung is not null)
                news.Add(new RungNews(order.Epoch, rung.Images, AttemptRecord.Values(rung)));
            if (news.Count > 0)
                await TellAsync([.. news]);
        }
    }

    private async Task TellAsync(ImmutableArray<AttemptNews> news)
    {
        RecordAnswer answer = await services.Retry.CallAsync(
            $"{order.Sweep}/{order.Experiment}'s checkpoint", () => experiment.Record(news, CancellationToken.None), control.Writes);
        if (!answer.Recorded)
            services.Log.LogInformation("News of {Sweep}/{Experiment} is not journaled: {Reason}", order.Sweep, order.Experiment, answer.Refusal);
    }

    private sealed record Upload(RunPost Post, CurvePoint? Last, CurvePoint? Rung);
}
