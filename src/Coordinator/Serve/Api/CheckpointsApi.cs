using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Live;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Checkpoints to download, whole or a range of them. Their blobs are found in the journal: no part of a blob's name comes from a request.</summary>
internal sealed class CheckpointsApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder checkpoints = api.MapGroup("/sweeps/{sweep}/experiments/{number:int}/checkpoints").WithTags("checkpoints");
        checkpoints.MapGet("/", ListAsync).WithName("list_checkpoints").WithSummary("An experiment's checkpoints that are kept.");
        checkpoints.MapGet("/{sha256}", GetAsync).WithName("get_checkpoint").WithSummary("One checkpoint, in safetensors; takes ranges.").Blob("application/octet-stream", Answers.Bytes);
    }

    private static async Task<IReadOnlyList<CheckpointDto>> ListAsync(SweepBoard board, string sweep, int number, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        return CheckpointDto.All(view, ExperimentsApi.Find(view, number));
    }

    private static async Task<IResult> GetAsync(SweepBoard board, IBlobStore store, HttpContext context, string sweep, int number, string sha256, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Checkpoint found = ExperimentsApi.Find(view, number).Checkpoints.FirstOrDefault(c => c.Sha256.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            ?? throw new UserException(ExitCode.NotFound, $"experiment {number} of {sweep} keeps no checkpoint of this hash", "the experiment lists those that are kept");
        return await BlobResult.OpenAsync(
            store, context, found.Blob, "application/octet-stream", "private, max-age=3600", $"{sweep}-{number}-{found.Images}.safetensors",
            $"the checkpoint at {found.Images} images is not in the store any more", cancellationToken, found.Sha256);
    }
}
