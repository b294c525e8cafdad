using CatGan.Abstractions;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>What can be done with sweeps and experiments. All of it may be repeated: what is so already is said.</summary>
internal sealed class VerbsApi : IApiPart
{
    private const string Unsaid = "cancelled over HTTP";

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder sweep = api.MapGroup("/sweeps/{sweep}").RequireAuthorization(Roles.Operator).WithTags("verbs").Faults(StatusCodes.Status409Conflict);
        sweep.MapPost("/pause", (SweepVerbs verbs, string sweep) => verbs.DoAsync(sweep, new PauseSweep()))
            .WithName("pause_sweep").WithSummary("Lets what runs write checkpoints and leave until the sweep is resumed.");
        sweep.MapPost("/resume", (SweepVerbs verbs, string sweep) => verbs.ResumeAsync(sweep)).WithName("resume_sweep").WithSummary("Goes on after a pause, or after everything was killed.");
        sweep.MapPost("/cancel", (SweepVerbs verbs, string sweep, CancelBody? body) => verbs.CancelAsync(sweep, Reason(body))).WithName("cancel_sweep").WithSummary("Ends the sweep for good.");
        sweep.MapPost("/extend", (SweepVerbs verbs, string sweep, ExtendBody body) => verbs.DoAsync(sweep, Extend(VerbBounds.Check(body))))
            .WithName("extend_sweep").WithSummary("Gives the sweep more experiments or a larger budget; new totals.");
        sweep.MapPost("/retry", (SweepVerbs verbs, string sweep, RetryBody? body) => verbs.DoAsync(sweep, new RetryExperiments(null, body?.Fresh ?? false)))
            .WithName("retry_sweep").WithSummary("Lets experiments that failed or ran out of memory go again.");
        sweep.MapPost("/priority", (SweepVerbs verbs, string sweep, PriorityBody body) => verbs.DoAsync(sweep, Share(VerbBounds.Check(body))))
            .WithName("set_priority").WithSummary("Changes the sweep's weight in sharing slots, or its cap.");
        sweep.MapPost("/tags", (SweepVerbs verbs, string sweep, TagBody body) => verbs.DoAsync(sweep, Tag(VerbBounds.Check(body))))
            .WithName("tag_sweep").WithSummary("Adds or removes tags, or sets the note; also after the end.");
        RouteGroupBuilder one = sweep.MapGroup("/experiments/{number:int}");
        one.MapPost("/pause", (SweepVerbs verbs, string sweep, int number) => verbs.DoAsync(sweep, new PauseExperiment(number))).WithName("pause_experiment").WithSummary("Lets one experiment leave with a checkpoint and wait.");
        one.MapPost("/resume", (SweepVerbs verbs, string sweep, int number) => verbs.DoAsync(sweep, new ResumeExperiment(number))).WithName("resume_experiment").WithSummary("Lets a paused experiment go on, whoever paused it.");
        one.MapPost("/cancel", (SweepVerbs verbs, string sweep, int number, CancelBody? body) => verbs.DoAsync(sweep, new CancelExperiment(number, Reason(body))))
            .WithName("cancel_experiment").WithSummary("Ends one experiment for good; the sweep goes on.");
        one.MapPost("/retry", (SweepVerbs verbs, string sweep, int number, RetryBody? body) => verbs.DoAsync(sweep, new RetryExperiments(number, body?.Fresh ?? false)))
            .WithName("retry_experiment").WithSummary("Lets an experiment that ended without a result go again.");
        one.MapPost("/pin", (SweepVerbs verbs, string sweep, int number, PinBody? body) => verbs.DoAsync(sweep, Pin(number, body, true))).WithName("pin_checkpoint").WithSummary("Keeps a checkpoint whatever retention says.");
        one.MapPost("/unpin", (SweepVerbs verbs, string sweep, int number, PinBody? body) => verbs.DoAsync(sweep, Pin(number, body, false))).WithName("unpin_checkpoint").WithSummary("Lets retention decide over it again.");
    }

    private static string Reason(CancelBody? body) => VerbBounds.Check(body ?? new(null)).Reason is { Length: > 0 } reason ? reason : Unsaid;

    private static ExtendSweep Extend(ExtendBody body) => new(body.Images, body.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, body.Experiments);

    private static ChangeShare Share(PriorityBody body) => new(body.Weight, body.Cap);

    private static TagSweep Tag(TagBody body) => new([.. body.Add ?? []], [.. body.Remove ?? []], body.Note);

    private static PinCheckpoint Pin(int number, PinBody? body, bool pinned) => new(number, VerbBounds.Check(body ?? new(null)).Images, pinned);
}
