using System.Net;
using System.Text;
using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Webhooks;

/// <summary>What became of one try to deliver a notice.</summary>
/// <param name="Fault">Why it was not taken; null when it was.</param>
/// <param name="ForGood">True when the receiver wants no more of it.</param>
internal readonly record struct PostResult(string? Fault, bool ForGood);

/// <summary>Sends one notice once.</summary>
internal sealed class WebhookPost : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);
    private readonly GrainsTiming _timing;
    private readonly Func<string, string?> _variable;
    // Redirects are not followed: the address that the spec names is the one that was meant.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = AnswerWithin,
    };

    /// <summary>Signs with keys from the process's environment.</summary>
    public WebhookPost(GrainsTiming timing)
        : this(timing, Environment.GetEnvironmentVariable)
    {
    }

    internal WebhookPost(GrainsTiming timing, Func<string, string?> variable) => (_timing, _variable) = (timing, variable);

    /// <summary>Tries it. Whatever goes wrong is in the answer.</summary>
    public async Task<PostResult> TryAsync(string delivery, NoticeView notice, CancellationToken cancellationToken)
    {
        string? key = notice.Secret is { } variable ? _variable(variable) : null;
        if (notice.Secret is not null && string.IsNullOrEmpty(key))
            return new($"the environment variable {notice.Secret} of webhook.secret is not set in the silo, and a notice is not sent without its signature", ForGood: false);
        try
        {
            using HttpRequestMessage request = Request(delivery, notice, key);
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode
                ? default
                : new($"{notice.Url} answered {(int)answer.StatusCode}", ForGood: answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new($"{notice.Url} could not be reached: {(fault is OperationCanceledException ? $"no answer within {AnswerWithin.TotalSeconds:N0} s" : fault.Message)}", ForGood: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string delivery, NoticeView notice, string? key)
    {
        HttpRequestMessage request = new(HttpMethod.Post, notice.Url) { Content = new StringContent(notice.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("CatGan-Delivery", delivery);
        request.Headers.Add("CatGan-Event", notice.Event);
        if (key is not null)
            request.Headers.Add("CatGan-Signature", NoticeSignature.Of(key, _timing.Now.ToUnixTimeSeconds(), notice.Body));
        return request;
    }
}
