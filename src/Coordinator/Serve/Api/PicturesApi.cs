using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>What a silo makes of an experiment's generator: more pictures, or its weights for PyTorch.</summary>
internal sealed class PicturesApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder one = api.MapGroup("/sweeps/{sweep}/experiments/{number:int}").RequireAuthorization(Roles.Operator).WithTags("pictures");
        one.MapPost("/generate", GenerateAsync).WithName("generate_pictures").WithSummary("Draws a grid with the averaged generator; a PNG.").Bytes("image/png");
        one.MapPost("/export", ExportAsync).WithName("export_generator").WithSummary("The averaged generator as safetensors for PyTorch.").Bytes("application/octet-stream");
    }

    private static Task<IResult> GenerateAsync(PictureJobs jobs, SweepBoard board, HttpContext context, string sweep, int number, GenerateBody? body, CancellationToken cancellationToken) =>
        SendAsync(jobs, board, context, sweep, number, "image/png", null, VerbBounds.Check(body ?? new()), cancellationToken);

    private static Task<IResult> ExportAsync(PictureJobs jobs, SweepBoard board, HttpContext context, string sweep, int number, CancellationToken cancellationToken) =>
        SendAsync(jobs, board, context, sweep, number, "application/octet-stream", $"{sweep}-{number}.safetensors", new ExportWish(), cancellationToken);

    private static async Task<IResult> SendAsync(
        PictureJobs jobs, SweepBoard board, HttpContext context, string sweep, int number, string type, string? file, PictureWish wish, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Experiment experiment = ExperimentsApi.Find(view, number);
        BlobReading reading = await jobs.RunAsync(view, experiment, wish, cancellationToken);
        context.Response.ContentLength = reading.Info.Length;
        return TypedResults.Stream(reading.Content, type, file);
    }
}
