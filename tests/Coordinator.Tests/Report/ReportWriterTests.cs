using System.Xml.Linq;
using CatGan.Coordinator.Report;
using CatGan.Coordinator.Tests.Results;

namespace CatGan.Coordinator.Tests.Report;

public sealed class ReportWriterTests
{
    [Fact]
    public async Task WriteAsync_FinishedSweep_HasAllSections()
    {
        using TemporaryStore temporary = new();
        FakeSweep sweep = await FourGans.WriteAsync(temporary.Store);
        string? report = await new ReportWriter(temporary.Store, TimeProvider.System, temporary.Cache).WriteAsync(sweep.Id, CancellationToken.None);
        string html = await File.ReadAllTextAsync(report!);
        if (Environment.GetEnvironmentVariable("CATGAN_KEEP_REPORT") is { } keep)
            await File.WriteAllTextAsync(keep, html);
        Assert.NotNull(XDocument.Parse(html));
    }
}
