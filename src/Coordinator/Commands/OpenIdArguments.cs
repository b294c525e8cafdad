using System.CommandLine;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Security.OpenId;

namespace CatGan.Coordinator.Commands;

/// <summary>The options of <c>serve</c> that let people sign in at an OpenID provider. The secret is none of them: command lines can be read by others.</summary>
internal sealed class OpenIdArguments
{
    private readonly Option<string?> authority = Word("--oidc-authority", "URL", "An OpenID Connect provider to sign in at: its issuer's address. [default: CATGAN_OIDC_AUTHORITY, else keys alone]");
    private readonly Option<string?> client = Word("--oidc-client", "ID", "The client id under which the provider knows this server; its secret is CATGAN_OIDC_SECRET. [default: CATGAN_OIDC_CLIENT]");
    private readonly Option<string?> claim = Word("--oidc-role-claim", "NAME", $"The claim that says who may what; a.b reaches into a claim that is an object. [default: CATGAN_OIDC_ROLE_CLAIM, else {OpenIdWords.DefaultRoleClaim}]");
    private readonly Option<string[]> roles = new("--oidc-role") { Description = "A role, and the claim's value that gives it, such as admin=cat-admins; may be given several times. [default: CATGAN_OIDC_ROLES, with ; between]", HelpName = "ROLE=VALUE" };
    private readonly Option<string[]> scopes = new("--oidc-scope") { Description = "A scope to ask for besides openid and profile; may be given several times. [default: CATGAN_OIDC_SCOPES, with ; between]", HelpName = "NAME" };
    private readonly Option<string?> audience = Word("--oidc-audience", "NAME", "Whom tokens of scripts must be made for. [default: CATGAN_OIDC_AUDIENCE, else the client id]");
    private readonly Option<string?> name = Word("--oidc-name", "NAME", "What the sign-in page calls the provider. [default: CATGAN_OIDC_NAME, else the authority's host]");
    private readonly Option<string?> session = Word("--oidc-session", "T", $"How long a sign-in at the provider lasts, 5m to 7d. [default: CATGAN_OIDC_SESSION, else {OpenIdWords.DefaultSession}]");

    /// <summary>Gives a command the options.</summary>
    public OpenIdArguments(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
    }

    private Option[] All => [authority, client, claim, roles, scopes, audience, name, session];

    /// <summary>The settings as typed, else as environment or appsettings.json say; null when no provider is named.</summary>
    /// <exception cref="UserException">One is missing or wrong.</exception>
    public OpenIdOptions? Of(ParseResult parse, Surroundings surroundings)
    {
        Settings settings = new(surroundings);
        OpenIdOptions? options = new OpenIdWords
        {
            Authority = parse.GetValue(authority) ?? settings[Settings.OidcAuthority],
            Client = parse.GetValue(client) ?? settings[Settings.OidcClient],
            Secret = settings[Settings.OidcSecret],
            RoleClaim = parse.GetValue(claim) ?? settings[Settings.OidcRoleClaim],
            Roles = Several(parse.GetValue(roles), settings[Settings.OidcRoles]),
            Scopes = Several(parse.GetValue(scopes), settings[Settings.OidcScopes]),
            Audience = parse.GetValue(audience) ?? settings[Settings.OidcAudience],
            Name = parse.GetValue(name) ?? settings[Settings.OidcName],
            Session = parse.GetValue(session) ?? settings[Settings.OidcSession],
        }.Check();
        // A variable of the environment alone is no wish; what somebody typed is.
        return options is null && All.FirstOrDefault(o => parse.GetResult(o) is { Implicit: false }) is { } lonely
            ? throw new UserException(ExitCode.BadInput, $"{lonely.Name} is given, but --oidc-authority is not", "name the provider with --oidc-authority URL")
            : options;
    }

    private static Option<string?> Word(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    private static IReadOnlyList<string> Several(string[]? typed, string? setting) =>
        typed is { Length: > 0 } ? typed : setting?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
