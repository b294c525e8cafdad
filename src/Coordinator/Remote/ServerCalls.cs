using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Api;

namespace CatGan.Coordinator.Remote;

/// <summary>Calls to a server's API. Its faults, told as problem details, become those of the command line.</summary>
internal sealed class ServerCalls : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(2);

    private readonly ServerChoice server;
    private readonly HttpClient http;

    /// <summary>Calls to one server.</summary>
    public ServerCalls(ServerChoice server)
    {
        this.server = server;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = new Uri(server.Address, "api/v1/"),
            Timeout = AnswerWithin,
        };
        if (server.Key is { } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Gets an object.</summary>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends a request, and reads the object that is answered.</summary>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage answer = await AskAsync(method, path, body, cancellationToken, headers);
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Reading, cancellationToken) ?? throw NotOurs();
        }
        catch (JsonException)
        {
            throw NotOurs();
        }
    }

    /// <summary>Sends a request; the answer is one of success.</summary>
    /// <exception cref="UserException">It is not, or the server cannot be reached.</exception>
    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path) { Content = body };
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new UserException(ExitCode.Unreachable, $"the server {server.Address} does not answer: {e.Message}", "is `catgan serve` at work there?");
        }
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await FaultAsync(answer, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<UserException> FaultAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return NotOurs();
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellationToken));
        JsonElement problem = document.RootElement;
        string detail = problem.TryGetProperty("detail", out JsonElement told) ? told.GetString() ?? "" : $"the server answered {(int)answer.StatusCode}";
        string[] hints = problem.TryGetProperty("hints", out JsonElement list) ? [.. list.EnumerateArray().Select(h => h.GetString()!)] : [];
        return new(Code(answer.StatusCode), detail, hints) { IsRefusal = answer.StatusCode == HttpStatusCode.Conflict };
    }

    private static int Code(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge => ExitCode.BadInput,
        HttpStatusCode.NotFound => ExitCode.NotFound,
        HttpStatusCode.ServiceUnavailable => ExitCode.Unreachable,
        _ => ExitCode.Failed,
    };

    private UserException NotOurs() => new(ExitCode.Failed, $"{server.Address} answers, but not as `catgan serve` does", "check --server");
}
