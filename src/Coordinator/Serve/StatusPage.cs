using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CatGan.Coordinator.Serve;

/// <summary>What is answered where nothing else wrote an answer: problem details, or a page for a person.</summary>
internal static class StatusPage
{
    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(HttpContext context)
    {
        int status = context.Response.StatusCode;
        (string detail, IReadOnlyList<string> hints) = status switch
        {
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden when AccessFault.Of(context) is { } fault => (fault.Detail, fault.Hints),
            StatusCodes.Status401Unauthorized => ("a key is needed", (IReadOnlyList<string>)["send `Authorization: Bearer KEY`, or sign in at /sign-in", "`catgan keys add NAME --role viewer` makes a key"]),
            StatusCodes.Status403Forbidden when Roles.IsPerson(context.User) => ("your role does not allow this", ["operators change sweeps, admins all; the provider you signed in at says who has which role"]),
            StatusCodes.Status403Forbidden => ("the key's role does not allow this", ["operators change sweeps, admins all; `catgan keys list` shows who may what"]),
            StatusCodes.Status404NotFound => ($"nothing is at {context.Request.Path}", ["docs/api.md lists the addresses"]),
            StatusCodes.Status405MethodNotAllowed => ($"{context.Request.Path} does not take {context.Request.Method}", ["docs/api.md lists the addresses"]),
            StatusCodes.Status429TooManyRequests => ("this address or key sends more, or has more under way, than one may", ["wait a while; Retry-After says how long"]),
            StatusCodes.Status413PayloadTooLarge => ("the body is larger than 2 MiB", ["nothing that is sent here is that large"]),
            StatusCodes.Status415UnsupportedMediaType => (
                $"the address takes no body of the type {(context.Request.ContentType is { Length: > 0 and <= 100 } type ? type : "that it was sent with")}",
                ["send objects as application/json, specs as application/yaml"]),
            _ => ("the request was not done", []),
        };
        ProblemDetails problem = Problems.Of(status, detail, hints);
        if (Pages.FaultPage.IsWanted(context))
            await Pages.FaultPage.WriteAsync(context, problem);
        else
            await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem });
    }
}
