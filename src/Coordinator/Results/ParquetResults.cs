using Parquet;
using Parquet.Schema;

namespace CatGan.Coordinator.Results;

/// <summary>Writes the results of sweeps as Parquet: the columns of the CSV, typed, one row group.</summary>
internal static class ParquetResults
{
    /// <summary>Writes the file.</summary>
    /// <param name="destination">A stream that can seek.</param>
    /// <param name="table">The rows.</param>
    /// <param name="cancellationToken">Ends the writing; what was written is no file.</param>
    public static async Task WriteAsync(Stream destination, ResultTable table, CancellationToken cancellationToken)
    {
        (ResultColumn Column, DataField Field)[] columns = [.. table.Columns.Select(c => (c, Field(c)))];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(c => c.Field)), destination, cancellationToken: cancellationToken);
        writer.CustomMetadata = new Dictionary<string, string> { ["catgan.sweeps"] = string.Join(' ', table.Rows.Select(r => r.Sweep.Id).Distinct()) };
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach ((ResultColumn column, DataField field) in columns)
            await WriteAsync(group, field, column, table, cancellationToken);
        group.CompleteValidate();
    }

    // Every column may be empty, so that an experiment that has not run yet has a row too.
    private static DataField Field(ResultColumn column) => column.Kind switch
    {
        ColumnKind.Whole => new DataField<long?>(column.Name),
        ColumnKind.Real => new DataField<double?>(column.Name),
        ColumnKind.Flag => new DataField<bool?>(column.Name),
        _ => new DataField<string>(column.Name),
    };

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, ResultColumn column, ResultTable table, CancellationToken cancellationToken)
    {
        object?[] values = [.. table.Rows.Select(column.ValueOf)];
        return column.Kind switch
        {
            ColumnKind.Whole => group.WriteAsync<long>(field, values.Select(v => (long?)v).ToArray(), cancellationToken: cancellationToken),
            ColumnKind.Real => group.WriteAsync<double>(field, values.Select(v => (double?)v).ToArray(), cancellationToken: cancellationToken),
            ColumnKind.Flag => group.WriteAsync<bool>(field, values.Select(v => (bool?)v).ToArray(), cancellationToken: cancellationToken),
            _ => group.WriteAsync(field, values.Select(v => (string)v!).ToArray()),
        };
    }
}
