using CatGan.Coordinator.Tests.Results;

namespace CatGan.Coordinator.Tests.Report;

/// <summary>The report of <see cref="FourGans"/>, made once for all tests that only read it.</summary>
public sealed class FourGansReport : IAsyncLifetime
{
    private readonly TemporaryStore _temporary = new();

    internal ReportFile File { get; private set; } = null!;

    internal FakeSweep Sweep { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sweep = await FourGans.WriteAsync(_temporary.Store);
        File = await ReportFile.MakeAsync(_temporary);
    }

    public ValueTask DisposeAsync()
    {
        _temporary.Dispose();
        return ValueTask.CompletedTask;
    }
}
