using System.Collections.Concurrent;
using CatGan.Abstractions.Grains;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace CatGan.Grains.Webhooks;

/// <summary>
/// Delivers notices beside everything else: nothing of a sweep waits for it. What is still to be delivered is in the
/// journal, and its sweep names it again after a restart; so a notice may arrive twice, and never gets lost before it is
/// <see cref="GiveUpAfter"/> old.
/// </summary>
internal sealed class WebhookSender(
    IGrainFactory grains, WebhookPost post, GrainsTiming timing, IHostApplicationLifetime lifetime, ILogger<WebhookSender> log) : IDisposable
{
    /// <summary>Age at which a notice that nobody takes is given up.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    private const int AtOnce = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Sweep, int Notice), bool> _underWay = [];
    private readonly SemaphoreSlim _places = new(AtOnce);

    /// <summary>Takes a notice over, once however often it is named. Returns at once.</summary>
    public void Send(string sweep, int notice)
    {
        if (_underWay.TryAdd((sweep, notice), true))
            _ = Task.Run(() => DeliverAsync(sweep, notice));
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task DeliverAsync(string sweep, int notice)
    {
        CancellationToken stopping = lifetime.ApplicationStopping;
        try
        {
            ISweepJournalGrain journal = grains.GetGrain<ISweepJournalGrain>(sweep);
            if (await journal.GetNotice(notice, stopping) is not { } view)
                return;
            PostResult result = await Retrying(sweep, view).ExecuteAsync(token => TryAsync($"{sweep}/{notice}", view, token), stopping);
            if (result.Fault is { } fault)
                log.LogWarning("Notice {Sweep}/{Notice} is given up: {Fault}", sweep, notice, fault);
            await journal.CloseNotice(notice, result.Fault, stopping);
        }
        catch (Exception fault)
        {
            // Its sweep names it again.
            log.LogInformation("Notice {Sweep}/{Notice} is left to later: {Fault}", sweep, notice, fault.Message);
        }
        finally
        {
            _underWay.TryRemove((sweep, notice), out _);
        }
    }

    private async ValueTask<PostResult> TryAsync(string delivery, NoticeView notice, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await post.TryAsync(delivery, notice, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private ResiliencePipeline<PostResult> Retrying(string sweep, NoticeView view) => new ResiliencePipelineBuilder<PostResult> { TimeProvider = timing.Time }
        .AddRetry(new RetryStrategyOptions<PostResult>
        {
            ShouldHandle = arguments => ValueTask.FromResult(
                arguments.Outcome.Result is { Fault: not null, ForGood: false } && timing.Now - view.At < GiveUpAfter),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = timing.NoticeRetryAfter,
            MaxDelay = LongestWait,
            OnRetry = arguments =>
            {
                log.LogInformation("A notice of {Sweep} is tried again in {Wait}: {Fault}", sweep, arguments.RetryDelay, arguments.Outcome.Result.Fault);
                return ValueTask.CompletedTask;
            },
        })
        .Build();
}
