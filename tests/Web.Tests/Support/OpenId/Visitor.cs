using System.Net;
using System.Text.RegularExpressions;

namespace CatGan.Web.Tests.Support.OpenId;

/// <summary>A person with a browser: keeps cookies, and follows where pages lead.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;
    private readonly CookieContainer cookies = new();

    public Visitor(Uri home)
    {
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies });
        Home = home;
    }

    public Uri Home { get; }

    /// <summary>The addresses seen, the last one last.</summary>
    public List<Uri> Seen { get; } = [];

    /// <summary>Every cookie that was set, with its attributes.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>True with a session's cookie.</summary>
    public bool IsSignedIn => cookies.GetAllCookies().Any(c => c.Name == "catgan" && c.Value.Length > 0);

    /// <summary>One step.</summary>
    public async Task<Answer> StepAsync(Uri address, HttpMethod? method = null)
    {
        Seen.Add(address);
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, address);
        if (request.Method == HttpMethod.Get)
            request.Headers.Accept.ParseAdd("text/html");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", address.Host == Home.Host ? "same-origin" : "cross-site");
        using HttpResponseMessage answer = await http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? set))
            SetCookies.AddRange(set);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Opens an address of the server, and goes on until a page leads nowhere else, or until one at which to stop.</summary>
    public async Task<Answer> OpenAsync(string path, Func<Uri, bool>? stop = null, HttpMethod? method = null)
    {
        Uri at = new(Home, path);
        Answer answer = await StepAsync(at, method);
        for (int i = 0; i < 12 && Next(answer) is { } next; i++)
        {
            at = new(at, next);
            if (stop?.Invoke(at) == true)
            {
                Seen.Add(at);
                return answer;
            }
            answer = await StepAsync(at);
        }
        return answer;
    }

    /// <summary>Signs in at the provider, from the page's link on.</summary>
    public Task<Answer> SignInAsync(string back = "/", Func<Uri, bool>? stop = null) => OpenAsync($"/sign-in/start?return={Uri.EscapeDataString(back)}", stop);

    public void Dispose() => http.Dispose();

    private static string? Next(Answer answer) =>
        answer.Status is >= 300 and < 400 ? answer.Headers["Location"]
        : Refresh().Match(answer.Text) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value)
        : null;

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=([^\"]*)\"")]
    private static partial Regex Refresh();
}
