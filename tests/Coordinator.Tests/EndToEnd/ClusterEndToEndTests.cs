using System.Diagnostics;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Silo.Tests;

namespace CatGan.Coordinator.Tests.EndToEnd;

/// <summary>The real programs over a real Redis.</summary>
public sealed class ClusterEndToEndTests
{
    [Fact]
    public async Task Silo_KilledUnderItsSupervisor_IsStartedAgainAndTheSweepEnds()
    {
        using RedisServer redis = await RedisServer.StartAsync();
        await using RealCatGan real = new();
        using RealCatGan.Running silo = real.Start("silo", "--cluster", redis.Address, "--slots", "2", "--device", "cpu", "--name", "one");
        await silo.SeeAsync("A member of cluster");
        using Process child = Process.GetProcessById(silo.Children().Single());
        child.Kill();
        await silo.SeeAsync("code 137 (signal 9)");

        Said run = await RunAsync(real, redis, "run", real.Spec("tiny.yaml", 1600));
        Assert.True(run.Code == 0, run.Out + run.Error);
        Assert.Contains("place  experiment", run.Out);
        Assert.DoesNotContain("starting a silo", run.Error);
        Said doctor = await RunAsync(real, redis, "doctor");
        Assert.True(doctor.Code == 0, doctor.Out + doctor.Error);
        Assert.Contains("1: one", doctor.Out);

        silo.Signal("TERM");
        Assert.Equal(0, (await silo.EndAsync()).Code);
    }

    [Fact]
    public async Task Silo_SupervisorKilled_EndsToo()
    {
        using RedisServer redis = await RedisServer.StartAsync();
        await using RealCatGan real = new();
        using RealCatGan.Running silo = real.Start("silo", "--cluster", redis.Address, "--slots", "0", "--name", "orphan");
        await silo.SeeAsync("A member of cluster");
        using Process child = Process.GetProcessById(silo.Children().Single());
        silo.Signal("KILL");
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        await child.WaitForExitAsync(late.Token);
    }

    // A silo may have been killed a moment ago: whoever asks is told that none answers, and asks again.
    private static async Task<Said> RunAsync(RealCatGan real, RedisServer redis, params string[] args)
    {
        Said said;
        do
            said = await real.RunAsync([.. args, "--cluster", redis.Address]);
        while (said.Code == 4 && said.Error.Contains("no silo of the cluster"));
        return said;
    }
}
