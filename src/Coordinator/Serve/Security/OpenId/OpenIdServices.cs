using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>Sign-in at an OpenID provider, and its tokens as keys of scripts. Nothing of it is loaded where no provider is set.</summary>
internal static class OpenIdServices
{
    /// <summary>Name of the scheme that sends a browser to the provider.</summary>
    public const string SignInScheme = "openid";

    /// <summary>Name of the scheme of tokens.</summary>
    public const string BearerScheme = "openid-token";

    /// <summary>Where the provider sends a browser back to.</summary>
    public const string CallbackPath = "/sign-in/callback";

    /// <summary>Adds it.</summary>
    public static void Add(AuthenticationBuilder authentication, OpenIdOptions options)
    {
        IServiceCollection services = authentication.Services;
        services.AddSingleton(options).AddSingleton<OpenIdProvider>().AddSingleton<TokenRules>().AddSingleton<SignInPace>();
        services.AddTransient<SignInEvents>().AddTransient<BearerEvents>();
        services.AddHostedService<OpenIdGreeting>();
        authentication.AddOpenIdConnect(SignInScheme, _ => { }).AddJwtBearer(BearerScheme, _ => { });
        services.AddOptions<OpenIdConnectOptions>(SignInScheme).Configure<OpenIdOptions, OpenIdProvider, TokenRules, ServeOptions>(SignIn);
        services.AddOptions<JwtBearerOptions>(BearerScheme).Configure<OpenIdProvider, TokenRules>(Bearer);
    }

    private static void SignIn(OpenIdConnectOptions connect, OpenIdOptions options, OpenIdProvider provider, TokenRules rules, ServeOptions serve)
    {
        connect.Authority = options.Authority.AbsoluteUri;
        connect.ClientId = options.Client;
        connect.ClientSecret = options.Secret;
        connect.RequireHttpsMetadata = options.RequireHttps;
        connect.ConfigurationManager = provider.Metadata;
        connect.Backchannel = provider.Http;
        connect.TokenHandler = new SignedTokenHandler();
        connect.TokenValidationParameters = rules.OfSignIn;
        connect.EventsType = typeof(SignInEvents);
        connect.SignInScheme = AccessHandler.Session;
        connect.ResponseType = OpenIdConnectResponseType.Code;
        connect.UsePkce = true;
        // The way back is a GET, so that a cookie that other sites' forms do not bring is enough to know the browser by.
        connect.ResponseMode = OpenIdConnectResponseMode.Query;
        connect.CallbackPath = CallbackPath;
        connect.RemoteSignOutPath = connect.SignedOutCallbackPath = default;
        connect.DisableTelemetry = true;
        foreach (string scope in options.Scopes)
            connect.Scope.Add(scope);
        Cookie(connect.CorrelationCookie, "catgan-state.", serve);
        Cookie(connect.NonceCookie, "catgan-nonce.", serve);
    }

    // Strict ones would stay behind: the provider's page leads back here, and that is another site.
    private static void Cookie(CookieBuilder cookie, string name, ServeOptions serve)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = serve.CookiesSecure;
    }

    private static void Bearer(JwtBearerOptions bearer, OpenIdProvider provider, TokenRules rules)
    {
        bearer.ConfigurationManager = provider.Metadata;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new SignedTokenHandler());
        bearer.TokenValidationParameters = rules.OfBearer;
        bearer.EventsType = typeof(BearerEvents);
    }
}
