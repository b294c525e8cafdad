using CatGan.Abstractions.Cluster;

namespace CatGan.Abstractions.Tests.Cluster;

public class RedisAddressTests
{
    [Theory]
    [InlineData("redis://box", "box", 6379, null, null, 0, false)]
    [InlineData("redis://box:7000/3", "box", 7000, null, null, 3, false)]
    [InlineData("rediss://:s3%40cret@box/", "box", 6379, null, "s3@cret", 0, true)]
    [InlineData("rediss://cat:p%3Aw@10.0.0.1:1", "10.0.0.1", 1, "cat", "p:w", 0, true)]
    [InlineData("redis://[::1]:7000", "::1", 7000, null, null, 0, false)]
    public void Parse_AddressOfARedis_IsUnderstood(string uri, string host, int port, string? user, string? password, int database, bool tls) =>
        Assert.Equal(new RedisAddress(host, port, user, password, database, tls), RedisAddress.TryParse(uri, out _));

    [Theory]
    [InlineData("")]
    [InlineData("localhost:6379")]
    [InlineData("http://box")]
    [InlineData("redis://box/cats")]
    [InlineData("redis://box?x=1")]
    [InlineData("redis://user:topsecret@")]
    public void Parse_AnythingElse_IsNoneAndTheFaultTellsNoSecret(string uri)
    {
        Assert.Null(RedisAddress.TryParse(uri, out string? fault));
        Assert.NotNull(fault);
        Assert.DoesNotContain("topsecret", fault);
    }

    [Fact]
    public void ToString_WithAPassword_HidesIt() =>
        Assert.Equal("rediss://cat:***@box:6379/2", RedisAddress.TryParse("rediss://cat:topsecret@box/2", out _)!.ToString());

    [Theory]
    [InlineData("a-b_c.9", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    public void IdFault_OfAnId_IsToldWhenItIsNone(string id, bool good) => Assert.Equal(good, ClusterNames.IdFault(id) is null);
}
