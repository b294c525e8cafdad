using System.Security.Claims;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Spec;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Handing sweeps in: from a spec, from another sweep's spec, and only to see what a spec would run.</summary>
internal sealed class SubmissionsApi : IApiPart
{
    private const int SomeConfigurations = 100;
    private const int MostConfigurations = 10_000;

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder submissions = api.MapGroup("").RequireAuthorization(Roles.Operator).WithTags("submissions").Faults(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);
        submissions.MapPost("/sweeps", PostAsync).WithName("submit_sweep").WithSummary("Starts a sweep from a spec in YAML; with `Idempotency-Key` the same again is the same sweep.").Accepts<string>(SpecBody.Yaml, SpecBody.OtherTypes);
        submissions.MapPut("/sweeps/{sweep}", PutAsync).WithName("put_sweep").WithSummary("Starts a sweep under an id that the client made; the same again is the same sweep.").Accepts<string>(SpecBody.Yaml, SpecBody.OtherTypes);
        submissions.MapPost("/sweeps/{sweep}/clone", CloneAsync).WithName("clone_sweep").WithSummary("Starts a new sweep from an old one's spec, with values changed; or only shows the spec.").Text(SpecBody.Yaml);
        // It changes nothing, and has a body only for its length.
        api.MapPost("/specs/check", CheckAsync).WithName("check_spec").WithTags("submissions").RequireRateLimiting(AccessServices.Heavy).WithSummary("Says everything that is wrong with a spec, or what it would run: the object of `catgan check --json`, or its lines as text. With `status=200` the faults come with that status, for editors: a browser writes each other one to its console.")
            .Content(("application/json", Answers.Object), ("text/plain", Answers.Text), (Answers.Problem, Answers.Object)).Faults(StatusCodes.Status422UnprocessableEntity).Accepts<string>(SpecBody.Yaml, SpecBody.OtherTypes);
    }

    private static async Task<Created<Submitted>> PostAsync(
        HttpContext context, SweepSubmissions submissions, ClaimsPrincipal user, [FromHeader(Name = "Idempotency-Key")] string? key, CancellationToken cancellationToken)
    {
        SpecFile spec = SpecFile.Read("the spec", await SpecBody.ReadAsync(context.Request, cancellationToken));
        return Made(await submissions.SubmitAsync(spec, user.FindFirstValue(Roles.Who) ?? "", key, cancellationToken));
    }

    private static async Task<Created<Submitted>> PutAsync(HttpContext context, SweepSubmissions submissions, string sweep, CancellationToken cancellationToken)
    {
        SpecFile spec = SpecFile.Read("the spec", await SpecBody.ReadAsync(context.Request, cancellationToken));
        return Made(await submissions.PutAsync(spec, sweep, cancellationToken));
    }

    private static async Task<Results<Created<Submitted>, ContentHttpResult>> CloneAsync(
        SweepSubmissions submissions, SweepBoard board, IBlobStore store, ClaimsPrincipal user, string sweep, CloneBody body,
        [FromHeader(Name = "Idempotency-Key")] string? key, CancellationToken cancellationToken)
    {
        _ = await board.GetAsync(sweep, cancellationToken);
        SpecFile changed = await SweepClone.SpecAsync(store, sweep, VerbBounds.CheckSettings(body.Set), cancellationToken);
        return body.Print
            ? TypedResults.Content(changed.Yaml, $"{SpecBody.Yaml}; charset=utf-8")
            : Made(await submissions.SubmitAsync(changed, user.FindFirstValue(Roles.Who) ?? "", key, cancellationToken));
    }

    private static async Task<Results<ContentHttpResult, JsonHttpResult<object>>> CheckAsync(
        HttpContext context, IBlobStore store, Problems problems, string? format, bool? all, int? status, CancellationToken cancellationToken)
    {
        bool json = format is null or "json" || (format == "text" ? false : throw new UserException(ExitCode.BadInput, $"format is {format}, but must be json or text"));
        if (status is not (null or StatusCodes.Status200OK))
            throw new UserException(ExitCode.BadInput, $"status is {status}, but must be 200 or left out");
        try
        {
            SpecFile spec = SpecFile.Read("the spec", await SpecBody.ReadAsync(context.Request, cancellationToken));
            await using StringWriter text = new();
            ResultsApi.Note(context, store, await SpecCheck.WriteAsync(store, spec, new CheckWish(json, all ?? false, all == true ? MostConfigurations : SomeConfigurations), text, cancellationToken));
            return TypedResults.Content($"{text}", json ? "application/json" : "text/plain; charset=utf-8");
        }
        catch (UserException fault) when (status is not null && fault.Faults.Count > 0)
        {
            return TypedResults.Json<object>(problems.Of(fault), contentType: "application/problem+json", statusCode: status);
        }
    }

    private static Created<Submitted> Made(Submitted submitted) => TypedResults.Created($"{ApiCatalogue.Root}/sweeps/{submitted.Sweep}", submitted);
}

/// <summary>How a sweep is cloned.</summary>
/// <param name="Set">Values to change, each as <c>KEY=VALUE</c>; an empty value removes the key.</param>
/// <param name="Print">True to answer with the changed spec and start nothing.</param>
internal sealed record CloneBody(IReadOnlyList<string>? Set = null, bool Print = false);
