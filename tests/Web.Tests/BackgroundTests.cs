using System.Diagnostics;
using CatGan.Coordinator.Serve.Live;

namespace CatGan.Web.Tests;

public class BackgroundTests
{
    // A loop that goes on for hours would be part of the request that happened to begin it.
    [Fact]
    public async Task Run_BelowARequestsSpan_IsNoPartOfIt()
    {
        using Activity request = new Activity("request").Start();
        Activity? within = await Background.Run(() => Task.FromResult(Activity.Current));
        Assert.Null(within);
        Assert.Same(request, Activity.Current);
    }
}
