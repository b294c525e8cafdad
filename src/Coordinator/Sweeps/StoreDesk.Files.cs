using CatGan.Abstractions;
using CatGan.Coordinator.Spec;

namespace CatGan.Coordinator.Sweeps;

/// <summary>What leaves the store as text or as a file.</summary>
internal sealed partial class StoreDesk
{
    /// <inheritdoc/>
    public async Task<string> ReportAsync(string sweep, string? file, CancellationToken cancellationToken)
    {
        string place = await SweepClosing.ReportAsync(surroundings, store, sweep, cancellationToken);
        if (file is not null)
            await BlobDownload.CopyAsync(store, StoreLayout.Report(sweep), file, cancellationToken);
        return file ?? place;
    }

    /// <inheritdoc/>
    public async Task LogsAsync(string sweep, int experiment, int? epoch, TextWriter output, CancellationToken cancellationToken) =>
        await AttemptLogs.WriteAsync(store, await AttemptLogs.FindAsync(store, sweep, experiment, epoch, cancellationToken), output, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> CloneSpecAsync(string sweep, IReadOnlyList<string> settings, CancellationToken cancellationToken) =>
        (await SweepClone.SpecAsync(store, sweep, settings, cancellationToken)).Yaml;

    /// <inheritdoc/>
    public async Task<Submitted> CloneAsync(string sweep, IReadOnlyList<string> settings, CancellationToken cancellationToken) =>
        await SubmitAsync(await SweepClone.SpecAsync(store, sweep, settings, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task MakeAsync(string sweep, int experiment, PictureWish wish, string file, CancellationToken cancellationToken)
    {
        await StoredSweep.RequireAsync(store, sweep, experiment, cancellationToken);
        string made = await PictureMaker.MakeAsync(store, silos, sweep, experiment, wish, cancellationToken);
        await BlobDownload.MoveAsync(store, made, file, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(SpecFile spec, CheckWish wish, TextWriter output, CancellationToken cancellationToken) =>
        SpecCheck.WriteAsync(store, spec, wish, output, cancellationToken);
}
