using CatGan.Coordinator.App;
using CatGan.Coordinator.Report.Neighbours;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Api;
using CatGan.Coordinator.Serve.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>The real pictures nearest to an experiment's samples: does it copy what it was shown?</summary>
internal sealed class NeighboursApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api) => api.MapGet("/sweeps/{sweep}/experiments/{number:int}/neighbours", GetAsync).WithName("get_neighbours").WithTags("samples")
        .WithSummary("The samples nearest to a real picture beside it, at `images` (the last grid without it), and how near real pictures lie to each other.");

    private static async Task<NeighboursDto> GetAsync(
        SweepBoard board, ExperimentReader reader, RealPictures pictures, string sweep, int number, long? images, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        ExperimentRecord record = (await reader.ReadAsync(view, ExperimentsApi.Find(view, number), cancellationToken)).Record;
        SampleBlob sample = record.Samples.LastOrDefault(s => images is null || s.Images == images)
            ?? throw new UserException(ExitCode.NotFound, $"experiment {number} has no samples{(images is null ? "" : $" at {images} images")}");
        return NeighboursDto.Of(await pictures.NearestAsync(view, record, sample, cancellationToken), sample.Images);
    }
}

/// <summary>Samples beside real pictures. Distances are root mean square differences of block means, 0 to 1.</summary>
/// <param name="Images">Images shown when the samples were drawn.</param>
/// <param name="Searched">Real pictures searched.</param>
/// <param name="RealMedian">Half of the real pictures have another real one nearer than this.</param>
/// <param name="RealClosest">One real picture in a hundred has another real one nearer than this.</param>
/// <param name="Median">Median distance of the samples.</param>
/// <param name="Copies">Samples nearer to a real picture than <paramref name="RealClosest"/>.</param>
/// <param name="Samples">Samples looked at.</param>
/// <param name="Pairs">The nearest of them.</param>
internal sealed record NeighboursDto(long Images, int Searched, double RealMedian, double RealClosest, double Median, int Copies, int Samples, NeighbourPairDto[] Pairs)
{
    /// <summary>What was found for one generator.</summary>
    public static NeighboursDto Of(NeighbourFindings findings, long images)
    {
        GeneratorNeighbours one = findings.Generators[0];
        return new(images, findings.Searched, findings.RealMedian, findings.RealClosest, one.Median, one.Copies, one.Samples,
            [.. one.Pairs.Select(p => new NeighbourPairDto(p.Sample.Uri, p.Real.Uri, p.Index, p.Mirrored, p.Distance))]);
    }
}

/// <summary>A sample and the real picture nearest to it.</summary>
/// <param name="Sample">The sample, a data URI.</param>
/// <param name="Real">The real picture, a data URI, turned around where its mirror image is the nearer one.</param>
/// <param name="Index">Its index in the data set.</param>
/// <param name="Mirrored">True when it is turned around.</param>
/// <param name="Distance">Their distance.</param>
internal sealed record NeighbourPairDto(string Sample, string Real, int Index, bool Mirrored, double Distance);
