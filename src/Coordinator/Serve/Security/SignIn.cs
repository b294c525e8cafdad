using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve.Security.OpenId;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>Changes a key for a cookie, for browsers. The page at <see cref="Path"/> posts here.</summary>
internal static class SignIn
{
    /// <summary>Where one signs in.</summary>
    public const string Path = "/sign-in";

    /// <summary>Where one signs out.</summary>
    public const string OutPath = "/sign-out";

    /// <summary>Name of the limit on tries.</summary>
    public const string Limit = "sign-in";

    /// <summary>Adds the two addresses. Both are guarded against other sites by <see cref="OriginGuard"/>.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Path, InAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(Limit).ExcludeFromDescription();
        app.MapPost(OutPath, (Delegate)OutAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> InAsync(HttpContext context, KeyRing keys, [FromForm] string? key, [FromForm(Name = "return")] string? back, CancellationToken cancellationToken)
    {
        string target = Local(back);
        if (await keys.FindAsync(key?.Trim(), cancellationToken) is not { } found)
            return TypedResults.Redirect($"{Path}?failed=1&return={Uri.EscapeDataString(target)}");
        await context.SignInAsync(AccessHandler.Session, Roles.Principal(found, AccessHandler.Session));
        return TypedResults.Redirect(target);
    }

    private static async Task<IResult> OutAsync(HttpContext context, ServeOptions serve)
    {
        string? further = serve.OpenId is null ? null : await OpenIdPages.EndAddressAsync(context, serve);
        await context.SignOutAsync(AccessHandler.Session);
        return further is null ? TypedResults.Redirect(Path) : OpenIdPages.LeadOn("Signed out", $"You are signed out here. {serve.OpenId!.Name} is next.", further);
    }

    /// <summary>An address of this server; the first page for any other.</summary>
    public static string Local(string? typed) =>
        typed is ['/', ..] and not ['/', '/' or '\\', ..] && !typed.Any(char.IsControl) && Uri.TryCreate(typed, UriKind.Relative, out _) ? typed : "/";
}
