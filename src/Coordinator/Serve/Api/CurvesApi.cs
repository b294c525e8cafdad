using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Serve.Live;
using CatGan.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Curves of experiments, made thinner here so that a page never gets more points than it has pixels.</summary>
internal sealed class CurvesApi : IApiPart
{
    private const int MostExperiments = 20;

    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sweeps/{sweep}/experiments/{number:int}/curve", GetAsync).WithName("get_curve").WithTags("curves")
            .WithSummary("An experiment's reports, thinned to at most `max_points` with every minimum, maximum and full score kept.");
        api.MapGet("/sweeps/{sweep}/curves", ListAsync).WithName("get_curves").WithTags("curves").WithSummary("The curves of up to 20 experiments at once.");
    }

    private static async Task<CurveDto> GetAsync(
        SweepBoard board, ExperimentReader reader, string sweep, int number, [FromQuery(Name = "max_points")] int? maxPoints, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        return await CurveAsync(reader, view, number, CurveThinning.Limit(maxPoints), cancellationToken);
    }

    private static async Task<CurveDto[]> ListAsync(
        SweepBoard board, ExperimentReader reader, string sweep, [FromQuery] int[] experiment, [FromQuery(Name = "max_points")] int? maxPoints, CancellationToken cancellationToken)
    {
        if (experiment.Length is 0 or > MostExperiments)
            throw new UserException(ExitCode.BadInput, $"experiment is given {experiment.Length} times, but must be from 1 to {MostExperiments} times");
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        int limit = CurveThinning.Limit(maxPoints);
        return await Task.WhenAll(experiment.Distinct().Select(n => CurveAsync(reader, view, n, limit, cancellationToken)));
    }

    private static async Task<CurveDto> CurveAsync(ExperimentReader reader, SweepView view, int number, int maxPoints, CancellationToken cancellationToken)
    {
        Experiment experiment = ExperimentsApi.Find(view, number);
        ExperimentRecord record = (await reader.ReadAsync(view, experiment, cancellationToken)).Record;
        return new(number, record.Curve.Length, CurveThinning.Thin(record.Curve, maxPoints));
    }
}

/// <summary>A curve.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Reports">Reports that there are.</param>
/// <param name="Points">Those that are shown, in the order of images.</param>
internal sealed record CurveDto(int Experiment, int Reports, ImmutableArray<CurvePoint> Points);
