using CatGan.Abstractions;
using CatGan.Coordinator.Results;
using CatGan.Storage;

namespace CatGan.Coordinator.Report;

/// <summary>Makes the report of a sweep and leaves it in the store as <c>sweeps/{sweep}/report.html</c>. Needs no silo.</summary>
/// <param name="store">Where the sweep is.</param>
/// <param name="time">Says when the report was made.</param>
/// <param name="cacheFolder">Folder of this machine for data sets that cannot be mapped where they are.</param>
/// <param name="limits">What bounds the report's size; null for the default.</param>
internal sealed class ReportWriter(IBlobStore store, TimeProvider time, string cacheFolder, ReportLimits? limits = null)
{
    /// <summary>Reads the sweep, makes its report and writes it over any older one.</summary>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="cancellationToken">Ends the work; an older report stays.</param>
    /// <returns>Where a person finds it: the file's path when the store has files, else the blob's name; null when there is no such sweep.</returns>
    public async Task<string?> WriteAsync(string sweep, CancellationToken cancellationToken)
    {
        if (await RenderAsync(sweep, null, cancellationToken) is not { } page)
            return null;
        await KeepAsync(sweep, page, cancellationToken);
        string name = StoreLayout.Report(sweep);
        return (store as ILocalBlobStore)?.GetLocalPath(name) ?? name;
    }

    /// <summary>Writes a sweep's report over any older one.</summary>
    public Task KeepAsync(string sweep, string page, CancellationToken cancellationToken) =>
        store.WriteTextAsync(StoreLayout.Report(sweep), page, BlobCondition.Always, cancellationToken);

    /// <summary>Reads the sweep and makes its report, and leaves it nowhere.</summary>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="server">Address of the server that a reader reaches it by; null for the store itself.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The page; null when there is no such sweep.</returns>
    public async Task<string?> RenderAsync(string sweep, string? server, CancellationToken cancellationToken)
    {
        if (await new SweepReader(store).ReadAsync(sweep, cancellationToken) is not { } record)
            return null;
        ReportModel model = await new ReportBuilder(store, time, cacheFolder, limits ?? new()).BuildAsync(record, cancellationToken);
        return ReportPage.Render(model with { Server = server });
    }
}
