using System.Globalization;
using CatGan.Abstractions;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Sample grids: the same z at every moment of an experiment.</summary>
internal sealed class SamplesApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder samples = api.MapGroup("/sweeps/{sweep}/experiments/{number:int}/samples").WithTags("samples");
        samples.MapGet("/", ListAsync).WithName("list_samples").WithSummary("An experiment's sample grids, in the order of images.");
        samples.MapGet("/{images:long}-{epoch:int}.png", GetAsync).WithName("get_sample").WithSummary("One grid, a PNG.").Blob("image/png", Answers.Bytes);
    }

    /// <summary>Where a grid is fetched.</summary>
    public static string Url(string sweep, int number, SampleBlob sample) =>
        string.Create(CultureInfo.InvariantCulture, $"/api/v1/sweeps/{sweep}/experiments/{number}/samples/{sample.Images}-{sample.Epoch}.png");

    private static async Task<SampleDto[]> ListAsync(SweepBoard board, ExperimentReader reader, string sweep, int number, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Experiment experiment = ExperimentsApi.Find(view, number);
        ExperimentRecord record = (await reader.ReadAsync(view, experiment, cancellationToken)).Record;
        return [.. record.Samples.Select(s => new SampleDto(s.Images, s.Epoch, Url(sweep, number, s)))];
    }

    private static async Task<IResult> GetAsync(
        SweepBoard board, IBlobStore store, HttpContext context, string sweep, int number, long images, int epoch, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        _ = ExperimentsApi.Find(view, number);
        return await BlobResult.OpenAsync(
            store, context, StoreLayout.Samples(sweep, number, images, epoch), "image/png", "private, max-age=3600", null, $"no samples at {images} images of attempt {epoch}", cancellationToken);
    }
}

/// <summary>A sample grid.</summary>
/// <param name="Images">Images shown when it was drawn.</param>
/// <param name="Epoch">The attempt that drew it.</param>
/// <param name="Url">Where it is fetched.</param>
internal sealed record SampleDto(long Images, int Epoch, string Url);
