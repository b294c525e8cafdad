using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Api;

namespace CatGan.Coordinator.Remote;

/// <summary>Calls to a server's API. Its faults, told as problem details, become those of the command line.</summary>
internal sealed class ServerCalls : IDisposable
{
    private const int Turns = 5;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    private readonly ServerChoice server;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    /// <summary>Calls to one server.</summary>
    public ServerCalls(ServerChoice server, TimeProvider time)
    {
        (this.server, this.time) = (server, time);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = new Uri(server.Address, "api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (server.Key is { } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Gets an object.</summary>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(new(HttpMethod.Get, path), cancellationToken);

    /// <summary>Sends a request, and reads the object that is answered.</summary>
    public Task<T> SendAsync<T>(ServerCall call, CancellationToken cancellationToken) => AskAsync(
        call, async (answer, token) => await answer.Content.ReadFromJsonAsync<T>(ApiJson.Reading, token) ?? throw NotOurs(), cancellationToken);

    /// <summary>Sends a request, and reads the text that is answered.</summary>
    public Task<string> TextAsync(ServerCall call, CancellationToken cancellationToken) => AskAsync(call, (answer, token) => answer.Content.ReadAsStringAsync(token), cancellationToken);

    /// <summary>Sends a request, and hands its answer to a reader. A server that is busy is asked again when it says so.</summary>
    /// <param name="call">The request.</param>
    /// <param name="read">Reads an answer of success.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UserException">It is no success, or the server cannot be reached.</exception>
    public async Task<T> AskAsync<T>(ServerCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        TimeSpan within = call.Within ?? AnswerWithin;
        for (int turn = 1; ; turn++)
        {
            // By the network's own clock, as every client's time-out is.
            using CancellationTokenSource patience = new(within);
            using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            TimeSpan wait;
            try
            {
                using HttpRequestMessage request = call.Make();
                using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
                if (answer.IsSuccessStatusCode)
                    return await read(answer, both.Token);
                if (answer.StatusCode != HttpStatusCode.TooManyRequests || turn == Turns)
                    throw await FaultAsync(answer, both.Token);
                wait = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw Unreachable($"nothing came for {within.TotalMinutes:0} minutes");
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException or IOException { InnerException: SocketException })
            {
                throw Unreachable(e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner } ? inner.Message : e.Message);
            }
            catch (JsonException)
            {
                throw NotOurs();
            }
            await Task.Delay(wait < LongestTurn ? wait : LongestTurn, time, cancellationToken);
        }
    }

    /// <summary>What to tell of an answer that makes no sense.</summary>
    public UserException NotOurs() => new(ExitCode.Failed, $"{server.Address} answers, but not as `catgan serve` does", "check --server");

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<UserException> FaultAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Headers.Location is { } other && (int)answer.StatusCode is >= 300 and < 400)
            return new(ExitCode.Failed, $"{server.Address} sends on to {other}", "name that address with --server, up to what stands before api/v1");
        // A proxy's words, while the server behind it is away.
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
                ? Unreachable($"what stands before it answers {(int)answer.StatusCode}")
                : NotOurs();
        ServerProblem problem = await answer.Content.ReadFromJsonAsync<ServerProblem>(ApiJson.Reading, cancellationToken) ?? new();
        // The server's own hint is for whoever calls it by hand without a key; of one that it does not take it says why.
        string[] hints = answer.StatusCode == HttpStatusCode.Unauthorized && server.Key is null
            ? [$"set {Settings.Variable(Settings.Key)}, or give --key; `catgan keys add NAME --role viewer` makes one where the server's store is"]
            : problem.Hints ?? [];
        return new(Code(answer.StatusCode), problem.Detail ?? $"the server answered {(int)answer.StatusCode}", hints)
        {
            IsRefusal = answer.StatusCode == HttpStatusCode.Conflict,
            Faults = [.. (problem.Faults ?? []).Select(f => new Spec.PlacedFault(f.Line, f.Column, f.Message))],
        };
    }

    private static int Code(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge => ExitCode.BadInput,
        HttpStatusCode.NotFound => ExitCode.NotFound,
        HttpStatusCode.ServiceUnavailable => ExitCode.Unreachable,
        _ => ExitCode.Failed,
    };

    private UserException Unreachable(string reason) => new(ExitCode.Unreachable, $"the server {server.Address} does not answer: {reason}", "is `catgan serve` at work there?");
}
