using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>The settings of the OpenID sign-in as somebody wrote them; null and empty where nobody did.</summary>
internal sealed record OpenIdWords
{
    /// <summary>The claim that is looked at when nobody names one.</summary>
    public const string DefaultRoleClaim = "roles";

    /// <summary>How long a sign-in lasts when nobody says.</summary>
    public const string DefaultSession = "8h";

    private const int LongestName = 60;
    private static readonly TimeSpan ShortestSession = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(7);

    /// <summary>The provider.</summary>
    public string? Authority { get; init; }

    /// <summary>This server's id at the provider.</summary>
    public string? Client { get; init; }

    /// <summary>This server's secret at the provider.</summary>
    public string? Secret { get; init; }

    /// <summary>The claim.</summary>
    public string? RoleClaim { get; init; }

    /// <summary>What its values mean.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Scopes to ask for besides.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Whom tokens of scripts are for.</summary>
    public string? Audience { get; init; }

    /// <summary>What to call the provider.</summary>
    public string? Name { get; init; }

    /// <summary>How long a sign-in lasts.</summary>
    public string? Session { get; init; }

    /// <summary>The settings, checked; null when no provider is named.</summary>
    /// <exception cref="UserException">One is missing or wrong.</exception>
    public OpenIdOptions? Check()
    {
        if (Authority is null)
            return null;
        Uri authority = ReadAuthority(Authority);
        string client = Plain("--oidc-client", Client ?? throw new UserException(ExitCode.BadInput, "--oidc-client is missing, but --oidc-authority is given", "name the client id under which the provider knows this server"));
        return new()
        {
            Authority = authority,
            Client = client,
            Secret = Secret,
            RoleClaim = Plain("--oidc-role-claim", RoleClaim ?? DefaultRoleClaim),
            Roles = RoleMap.Parse(Roles),
            Scopes = [.. Scopes.Select(s => Plain("--oidc-scope", s))],
            Audience = Plain("--oidc-audience", Audience ?? client),
            Name = ReadName(Name ?? authority.Host),
            SessionLasts = ReadSession(Session ?? DefaultSession),
        };
    }

    private static Uri ReadAuthority(string typed)
    {
        if (!Uri.TryCreate(typed, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Fault($"--oidc-authority is {typed}, but must be the https address of an OpenID provider");
        if (uri.AbsolutePath.Contains("/.well-known/", StringComparison.Ordinal))
            throw new UserException(ExitCode.BadInput, $"--oidc-authority is {typed}, but must be the address before /.well-known/", $"give {uri.AbsoluteUri[..uri.AbsoluteUri.IndexOf("/.well-known/", StringComparison.Ordinal)]}");
        return uri.Scheme == "https" || uri.IsLoopback ? uri : throw Fault($"--oidc-authority is {typed}, but must be https: whoever can change what http carries could sign in as anybody (http is for providers on loopback)");

        static UserException Fault(string message) => new(ExitCode.BadInput, message, "such as https://login.example.org/realms/cats");
    }

    private static string Plain(string option, string typed) => typed.Length is > 0 and <= 500 && !typed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
        ? typed
        : throw new UserException(ExitCode.BadInput, $"{option} is {typed}, but must be one word of at most 500 characters", "docs/security.md has an example of all settings");

    private static string ReadName(string typed) => typed.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl)
        ? name
        : throw new UserException(ExitCode.BadInput, $"--oidc-name is {typed}, but must have 1 to {LongestName} characters", "such as \"Example University\"");

    private static TimeSpan ReadSession(string typed) => SpecDuration.Parse(typed) is { } time && time >= ShortestSession && time <= LongestSession
        ? time
        : throw new UserException(ExitCode.BadInput, $"--oidc-session is {typed}, but must be {SpecDuration.Form}, from {SpecDuration.Write(ShortestSession)} to {SpecDuration.Write(LongestSession)}", $"such as {DefaultSession}");
}
