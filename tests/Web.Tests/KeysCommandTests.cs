using System.Text.Json;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Tests.Fakes;

namespace CatGan.Web.Tests;

public sealed class KeysCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Add_AKey_ShowsItOnceAndListsItWithout()
    {
        Said added = await shell.RunAsync("keys", "add", "alice", "--role", "operator", "--expires", "90d");
        Assert.Equal(0, added.Code);
        KeyText key = Assert.IsType<KeyText>(KeyText.Parse(added.Out.Trim()));
        Said listed = await shell.RunAsync("keys", "list", "--json");
        JsonElement row = JsonDocument.Parse(listed.Out).RootElement;
        Assert.Equal((key.Id, "alice", "operator", "valid"), (row.GetProperty("id").GetString(), row.GetProperty("name").GetString(), row.GetProperty("role").GetString(), row.GetProperty("state").GetString()));
        Assert.DoesNotContain(key.Secret, listed.Out);
    }

    [Fact]
    public async Task Revoke_AKeyByItsName_ListsItAsRevokedAndFreesTheName()
    {
        await shell.RunAsync("keys", "add", "alice", "--role", "viewer");
        Assert.Equal(2, (await shell.RunAsync("keys", "add", "alice", "--role", "admin")).Code);
        Assert.Equal(0, (await shell.RunAsync("keys", "revoke", "alice")).Code);
        Assert.Contains("revoked", (await shell.RunAsync("keys", "list")).Out);
        Assert.Equal(0, (await shell.RunAsync("keys", "add", "alice", "--role", "admin")).Code);
    }

    [Theory]
    [InlineData("keys add bob", "--role")]
    [InlineData("keys add bob --role king", "must be viewer, operator or admin")]
    [InlineData("keys add bob --role 2", "must be viewer, operator or admin")]
    [InlineData("keys add bob --role viewer --expires soon", "must be a time such as")]
    public async Task Add_OutOfBounds_IsABadCommandLine(string line, string words)
    {
        Said said = await shell.RunAsync(line.Split(' '));
        Assert.Equal(2, said.Code);
        Assert.Contains(words, said.Error);
    }

    [Fact]
    public async Task Revoke_WhatIsNoKey_IsNotFound() => Assert.Equal(3, (await shell.RunAsync("keys", "revoke", "nobody")).Code);
}
