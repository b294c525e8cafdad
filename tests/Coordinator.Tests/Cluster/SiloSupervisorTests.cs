using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Tests.Fakes;

namespace CatGan.Coordinator.Tests.Cluster;

public sealed class SiloSupervisorTests : IDisposable
{
    private readonly CancellationTokenSource asked = new();
    private readonly StringWriter said = new();
    private readonly List<TimeSpan> starts = [];

    public void Dispose() => asked.Dispose();

    [Fact]
    public async Task Run_SiloDiesAgainAndAgain_WaitsLongerEachTimeButNotForEver()
    {
        // Killed by signal 9 six times, then asked to end: started at once, after 1, 2, 4, 8 and 10 s.
        int code = await RunAsync([137, 137, 137, 137, 137, 137, 0]);
        Assert.Equal(0, code);
        Assert.Equal([0, 0, 1, 3, 7, 15, 25], starts.Select(s => (int)s.TotalSeconds));
        Assert.Contains("code 137 (signal 9)", said.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Run_EndThatNoRestartMends_IsTheEnd(int code)
    {
        Assert.Equal(code, await RunAsync([code, 1, 1]));
        Assert.Single(starts);
    }

    [Fact]
    public async Task Run_NoRestart_EndsWithTheSilosCode()
    {
        Assert.Equal(5, await RunAsync([5, 0], restart: false));
        Assert.Single(starts);
    }

    [Fact]
    public async Task Run_AskedToEnd_StartsNoOther()
    {
        int code = await RunAsync([137, 0], onStart: () => asked.Cancel());
        Assert.Equal(137, code);
        Assert.Single(starts);
    }

    private async Task<int> RunAsync(int[] codes, bool restart = true, Action? onStart = null)
    {
        SkippingTime time = new();
        DateTimeOffset began = time.GetUtcNow();
        Queue<int> left = new(codes);
        SiloSupervisor supervisor = new(
            new Surroundings
            {
                Out = TextWriter.Null,
                Error = said,
                Time = time,
                WorkingDirectory = "/",
                Variable = _ => null,
                IsTerminal = false,
                Interrupted = CancellationToken.None,
                Door = s => new LocalDoor(s),
            },
            _ =>
            {
                starts.Add(time.GetUtcNow() - began);
                onStart?.Invoke();
                return Task.FromResult(left.Dequeue());
            },
            restart);
        return await supervisor.RunAsync(asked.Token);
    }
}
