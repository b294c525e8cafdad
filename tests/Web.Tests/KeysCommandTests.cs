using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;

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

    [Fact]
    public async Task Revoke_ANameThatAnExpiredKeyHasToo_TakesTheOneThatOpensSomething()
    {
        KeyStore keys = new(shell.Store, TimeProvider.System);
        AccessKey expired = (await keys.AddAsync("alice", AccessRole.Admin, TimeSpan.FromTicks(1), CancellationToken.None)).Key;
        AccessKey valid = (await keys.AddAsync("alice", AccessRole.Admin, null, CancellationToken.None)).Key;
        Assert.Equal(valid.Id, (await keys.RevokeAsync("alice", CancellationToken.None)).Id);
        Assert.DoesNotContain(await keys.ListAsync(CancellationToken.None), k => k.IsValid(TimeProvider.System.GetUtcNow()));
        Assert.Equal(expired.Id, (await keys.RevokeAsync("alice", CancellationToken.None)).Id);
    }

    // Two who add at the same moment may both find the name free.
    [Fact]
    public async Task Revoke_ANameOfTwoValidKeys_AsksForTheId()
    {
        KeyStore keys = new(shell.Store, TimeProvider.System);
        AccessKey first = (await keys.AddAsync("alice", AccessRole.Admin, null, CancellationToken.None)).Key;
        AccessKey second = first with { Id = first.Id[..^1] + (first.Id[^1] == '0' ? '1' : '0') };
        await shell.Store.WriteBytesAsync(StoreLayout.Key(second.Id), second.Write());
        Said said = await shell.RunAsync("keys", "revoke", "alice");
        Assert.Equal(2, said.Code);
        Assert.Contains(first.Id, said.Error);
        Assert.Contains(second.Id, said.Error);
        Assert.Equal(0, (await shell.RunAsync("keys", "revoke", second.Id)).Code);
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
