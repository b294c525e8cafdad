using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CatGan.Abstractions;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Cluster;

public sealed class EndpointProbeTests : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly LocalEndpoint alive;

    public EndpointProbeTests()
    {
        listener.Start();
        alive = new()
        {
            Pid = Environment.ProcessId,
            Host = "127.0.0.1",
            GatewayPort = ((IPEndPoint)listener.LocalEndpoint).Port,
            ClusterId = "c",
            ServiceId = "s",
            StartedAt = TimeProvider.System.GetUtcNow(),
        };
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task Answers_LivingSilo_IsTrue() => Assert.True(await AnswersAsync(alive));

    [Fact]
    public async Task Answers_NothingListens_IsFalse()
    {
        listener.Stop();
        Assert.False(await AnswersAsync(alive));
    }

    [Fact]
    public async Task Answers_KilledProcess_IsFalseThoughThePortIsTaken()
    {
        using Process process = Process.Start("/bin/sh", ["-c", "exit 0"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(await AnswersAsync(alive with { Pid = process.Id }));
    }

    [Fact]
    public async Task Answers_NumberOfADeadProcessGivenAgain_IsFalse() =>
        Assert.False(await AnswersAsync(alive with { StartedAt = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) }));

    [Fact]
    public async Task Read_WhatASiloWrites_IsUnderstoodAndDamageIsNone()
    {
        using Shell shell = new();
        await shell.Store.WriteTextAsync(
            StoreLayout.LocalEndpoint,
            """{"pid":12,"host":"127.0.0.1","gatewayPort":3,"siloPort":4,"clusterId":"c","serviceId":"s","startedAt":"2026-01-01T00:00:00+00:00"}""");
        LocalEndpoint? read = await LocalEndpoint.ReadAsync(shell.Store, CancellationToken.None);
        Assert.Equal((12, 3, "c", 2026), (read!.Pid, read.GatewayPort, read.ClusterId, read.StartedAt.Year));

        await shell.Store.WriteTextAsync(StoreLayout.LocalEndpoint, "{\"pid\":");
        Assert.Null(await LocalEndpoint.ReadAsync(shell.Store, CancellationToken.None));
    }

    private static Task<bool> AnswersAsync(LocalEndpoint endpoint) => EndpointProbe.AnswersAsync(endpoint, TimeProvider.System, CancellationToken.None);
}
