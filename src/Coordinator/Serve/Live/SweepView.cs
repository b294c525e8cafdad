using System.Collections.Concurrent;
using System.Collections.Immutable;
using CatGan.Abstractions;
using CatGan.Coordinator.Results;
using CatGan.Coordinator.Sweeps;
using CatGan.Search;

namespace CatGan.Coordinator.Serve.Live;

/// <summary>A sweep as its journal had it at one moment. Never changes, so that many requests share one.</summary>
internal sealed class SweepView
{
    private readonly Lazy<ResultTable> table;
    private readonly ConcurrentDictionary<(string Column, bool Descending), Lazy<ImmutableArray<ResultRow>>> orders = new();

    /// <summary>Takes what is needed of a sweep; the sweep may change afterwards.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sequence">The last batch of the journal that is in it.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="experiments">Its experiments by number.</param>
    /// <param name="records">The same as results show them, without curves and pictures.</param>
    public SweepView(string id, long sequence, Sweep sweep, ImmutableArray<Experiment> experiments, ImmutableArray<ExperimentRecord> records)
    {
        (Id, Sequence, Experiments) = (id, sequence, experiments);
        (Definition, Submitted, Extensions, CancelReason) = (sweep.Definition, sweep.Submitted, sweep.Extensions, sweep.CancelReason);
        (Summary, Status) = (SweepSummary.Of(id, sweep), StoredSweep.Status(id, sweep, []));
        Record = SweepRecords.Of(id, sweep, records, experiments);
        table = new(() => ResultTable.Of(Record));
    }

    /// <summary>Id of the sweep.</summary>
    public string Id { get; }

    /// <summary>The last batch of the journal that is in it.</summary>
    public long Sequence { get; }

    /// <summary>What it runs, as a person has changed it.</summary>
    public SweepDefinition Definition { get; }

    /// <summary>What was submitted.</summary>
    public SweepDefinition Submitted { get; }

    /// <summary>How often a person has extended it.</summary>
    public int Extensions { get; }

    /// <summary>Why it was cancelled; null when it was not.</summary>
    public string? CancelReason { get; }

    /// <summary>What a list shows of it.</summary>
    public SweepSummary Summary { get; }

    /// <summary>Where it stands as far as the journal tells, without experiments; images are those of the last checkpoints.</summary>
    public SweepStatus Status { get; }

    /// <summary>Its experiments; number n is at n - 1.</summary>
    public ImmutableArray<Experiment> Experiments { get; }

    /// <summary>The sweep as results show it, without curves and pictures, with its ranking.</summary>
    public SweepRecord Record { get; }

    /// <summary>A row an experiment, with the columns of <c>catgan results</c> that need no curve.</summary>
    public ResultTable Table => table.Value;

    /// <summary>True while something may still happen to it by itself.</summary>
    public bool IsAlive => Summary.Stage is SweepStage.Running or SweepStage.Pausing or SweepStage.Cancelling;

    /// <summary>An experiment; null when there is none of this number.</summary>
    public Experiment? Find(int number) => number >= 1 && number <= Experiments.Length ? Experiments[number - 1] : null;

    /// <summary>Where some experiments stand as far as the journal tells.</summary>
    public SweepStatus StatusOf(IEnumerable<Experiment> page) => Status with { Experiments = [.. page.Select(e => StoredSweep.Status(Definition, e))] };

    /// <summary>All rows in the order of a column, those without a value last, equal ones by number. Sorted once a view.</summary>
    public ImmutableArray<ResultRow> Ordered(ResultColumn column, bool descending) => orders.GetOrAdd((column.Name, descending), _ => new(() =>
    {
        RowOrder order = new(column, descending);
        return [.. Table.Rows.Select(r => (Row: r, Key: order.KeyOf(r))).Order(order).Select(r => r.Row)];
    })).Value;
}
