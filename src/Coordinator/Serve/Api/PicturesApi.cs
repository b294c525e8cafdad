using CatGan.Abstractions.Grains;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>What a silo makes of an experiment's generator: more pictures, or its weights for PyTorch.</summary>
internal sealed class PicturesApi : IApiPart
{
    private const int MostPictures = 1024;

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder one = api.MapGroup("/sweeps/{sweep}/experiments/{number:int}").RequireAuthorization(Roles.Operator).WithTags("pictures");
        one.MapPost("/generate", GenerateAsync).WithSummary("Draws a grid with the averaged generator; a PNG.").Produces(200, contentType: "image/png");
        one.MapPost("/export", ExportAsync).WithSummary("The averaged generator as safetensors for PyTorch.").Produces(200, contentType: "application/octet-stream");
    }

    private static Task<IResult> GenerateAsync(PictureJobs jobs, SweepBoard board, HttpContext context, string sweep, int number, GenerateBody? body, CancellationToken cancellationToken)
    {
        GenerateBody wanted = body ?? new();
        if (wanted.Count is < 1 or > MostPictures)
            throw new UserException(ExitCode.BadInput, $"count is {wanted.Count}, but must be from 1 to {MostPictures}");
        return SendAsync(jobs, board, context, sweep, number, "image/png", null, (grain, token) => grain.Generate(new GenerateRequest(sweep, number, wanted.Count, wanted.Seed, wanted.Interpolate), token), cancellationToken);
    }

    private static Task<IResult> ExportAsync(PictureJobs jobs, SweepBoard board, HttpContext context, string sweep, int number, CancellationToken cancellationToken) =>
        SendAsync(jobs, board, context, sweep, number, "application/octet-stream", $"{sweep}-{number}.safetensors", (grain, token) => grain.Export(sweep, number, token), cancellationToken);

    private static async Task<IResult> SendAsync(
        PictureJobs jobs, SweepBoard board, HttpContext context, string sweep, int number, string type, string? file, Func<IPictureJobGrain, CancellationToken, Task<string>> job, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Experiment experiment = ExperimentsApi.Find(view, number);
        BlobReading reading = await jobs.RunAsync(view, experiment, job, cancellationToken);
        context.Response.ContentLength = reading.Info.Length;
        return TypedResults.Stream(reading.Content, type, file);
    }
}

/// <summary>What to draw.</summary>
/// <param name="Count">Pictures.</param>
/// <param name="Seed">Seed of the pictures; the same seed draws the same ones.</param>
/// <param name="Interpolate">Walk from one picture to another along each row.</param>
internal sealed record GenerateBody(int Count = 64, long Seed = 1, bool Interpolate = false);
