using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Experiments of a sweep: page by page in any order, and one with all that its journal knows.</summary>
internal sealed class ExperimentsApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder experiments = api.MapGroup("/sweeps/{sweep}/experiments").WithTags("experiments");
        experiments.MapGet("/", ListAsync).WithName("list_experiments").WithSummary("Experiments as rows, with the columns of `catgan results`, in the order of any column.");
        experiments.MapGet("/{number:int}", GetAsync).WithName("get_experiment").WithSummary("An experiment: settings, attempts, rungs, checkpoints, how it ended.");
        api.MapGet("/sweeps/{sweep}/columns", ColumnsAsync).WithName("list_columns").WithTags("experiments").WithSummary("Columns that experiments may be sorted and searched by.");
        api.MapGet("/sweeps/{sweep}/table", TableAsync).RequireRateLimiting(Security.AccessServices.Charts).WithName("get_table").WithTags("experiments").WithSummary("Some columns of all experiments at once, each column as an array: for charts.");
    }

    private static async Task<ExperimentPage> ListAsync(
        SweepBoard board, ExperimentReader reader, string sweep, string? sort, [FromQuery] string[]? where, [FromQuery] string[]? variant, string? search, [FromQuery] string[]? column,
        int? limit, string? cursor, CancellationToken cancellationToken)
    {
        (TrackedSweep tracked, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        ExperimentQuery query = new() { Sort = sort, Where = where ?? [], Variants = variant ?? [], Search = search, Columns = column ?? [] };
        int most = Paging.Limit(limit);
        query = await query.WithCurvesAsync(view, reader, cancellationToken);
        return query.Page(view, await tracked.LiveAsync(view, cancellationToken), most, cursor);
    }

    private static async Task<ExperimentDto> GetAsync(SweepBoard board, string sweep, int number, CancellationToken cancellationToken)
    {
        (TrackedSweep tracked, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        Experiment experiment = Find(view, number);
        SweepStatus? live = await tracked.LiveAsync(view, cancellationToken);
        return ExperimentDto.Of(view, experiment, live?.Experiments.FirstOrDefault(e => e.Number == number));
    }

    private static async Task<ColumnDto[]> ColumnsAsync(SweepBoard board, string sweep, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        HashSet<string> varying = [.. view.Summary.Values.Where(v => v.Value.Length > 1).Select(v => v.Key)];
        return [.. view.Table.Columns.Select(c => new ColumnDto(c.Name, c.Kind, varying.Contains(c.Name)))];
    }

    private static async Task<ImmutableSortedDictionary<string, object?[]>> TableAsync(
        SweepBoard board, string sweep, [FromQuery] string[] column, CancellationToken cancellationToken)
    {
        (_, SweepView view) = await board.GetAsync(sweep, cancellationToken);
        if (column.Length == 0)
            throw new UserException(ExitCode.BadInput, "column is needed, once or several times", $"{ApiCatalogue.Root}/sweeps/{sweep}/columns lists them");
        return column.Distinct().Take(view.Table.Columns.Count).Select(name => ExperimentQuery.Find(view.Table, name))
            .ToImmutableSortedDictionary(c => c.Name, c => view.Table.Rows.Select(c.ValueOf).ToArray());
    }

    /// <summary>An experiment of a sweep.</summary>
    /// <exception cref="UserException">There is none of this number.</exception>
    public static Experiment Find(SweepView view, int number) => view.Find(number) ?? throw StoredSweep.NoExperiment(view.Id, number, view.Status.Total);
}
