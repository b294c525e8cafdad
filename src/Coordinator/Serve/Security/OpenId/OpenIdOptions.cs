namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>How people sign in at an OpenID provider, and scripts with its tokens.</summary>
internal sealed record OpenIdOptions
{
    /// <summary>The provider's address, which is its issuer too.</summary>
    public required Uri Authority { get; init; }

    /// <summary>What the provider knows this server as.</summary>
    public required string Client { get; init; }

    /// <summary>What proves to the provider that it is this server; null for a public client, which PKCE alone protects.</summary>
    public string? Secret { get; init; }

    /// <summary>The claim that says who may what; a path such as <c>realm_access.roles</c> reaches into claims that are objects.</summary>
    public required string RoleClaim { get; init; }

    /// <summary>Which role a value of that claim gives.</summary>
    public required RoleMap Roles { get; init; }

    /// <summary>Scopes asked for besides <c>openid</c> and <c>profile</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Whom the tokens of scripts must be made for.</summary>
    public required string Audience { get; init; }

    /// <summary>What the sign-in page calls the provider.</summary>
    public required string Name { get; init; }

    /// <summary>How long a sign-in lasts, used or not: so long may a role that the provider took away still open.</summary>
    public required TimeSpan SessionLasts { get; init; }

    /// <summary>True unless the provider is on this machine.</summary>
    public bool RequireHttps => !Authority.IsLoopback;

    /// <summary>Where the provider says what it is.</summary>
    public string MetadataAddress => $"{Authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration";
}
