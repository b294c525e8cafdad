using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Serve.Security.OpenId;
using CatGan.Coordinator.Tests.Fakes;
using CsCheck;

namespace CatGan.Web.Tests.OpenId;

/// <summary>The settings of a sign-in at a provider, and what is said of wrong ones.</summary>
public sealed class OpenIdSettingsTests : IDisposable
{
    private const string Good = "serve --listen http://127.0.0.1:0 --oidc-authority https://login.example.org/cats --oidc-client catgan --oidc-role admin=cats";
    private static readonly string[] Roles = ["viewer", "operator", "admin"];

    private readonly Shell shell = new();

    // Settings that are right would make a server that listens on.
    public OpenIdSettingsTests() => shell.Interrupt.CancelAfter(TimeSpan.FromSeconds(30));

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("serve --oidc-authority login.example.org", "--oidc-authority is login.example.org, but must be the https address")]
    [InlineData("serve --oidc-authority http://login.example.org", "--oidc-authority is http://login.example.org, but must be https")]
    [InlineData("serve --oidc-authority https://login.example.org/x/.well-known/openid-configuration", "before /.well-known/")]
    [InlineData("serve --oidc-authority https://login.example.org", "--oidc-client is missing")]
    [InlineData("serve --oidc-authority https://login.example.org --oidc-client catgan", "--oidc-role is missing")]
    [InlineData("serve --oidc-client catgan", "--oidc-client is given, but --oidc-authority is not")]
    [InlineData($"{Good} --oidc-role boss=cats", "--oidc-role is boss=cats, but boss is no role: it must be ROLE=VALUE, where ROLE is viewer, operator or admin")]
    [InlineData($"{Good} --oidc-role viewer", "--oidc-role is viewer, but must be ROLE=VALUE")]
    [InlineData($"{Good} --oidc-role viewer=cats", "--oidc-role gives cats both admin and viewer")]
    [InlineData($"{Good} --oidc-session 1m", "--oidc-session is 1m, but must be a time such as 90s, 20m, 1h30m or 2d, from 5m to 7d")]
    [InlineData($"{Good} --public-url https://cats.example/path", "--public-url is https://cats.example/path, but must be")]
    public async Task Setting_ThatIsWrong_IsNamedWithItsValueAndWhatToDo(string line, string words)
    {
        Said said = await shell.RunAsync(line.Split(' '));
        Assert.Equal(ExitCode.BadInput, said.Code);
        Assert.Contains(words, said.Error);
        Assert.Contains("hint: ", said.Error);
    }

    [Fact]
    public async Task Settings_OfTheEnvironment_AreRead()
    {
        shell.Environment["CATGAN_OIDC_AUTHORITY"] = "https://login.example.org";
        shell.Environment["CATGAN_OIDC_CLIENT"] = "catgan";
        shell.Environment["CATGAN_OIDC_ROLES"] = "admin=a, b; boss=c";
        Said said = await shell.RunAsync("serve", "--listen", "http://127.0.0.1:0");
        Assert.Contains("--oidc-role is boss=c, but boss is no role", said.Error);
        shell.Write("appsettings.json", """{"CatGan": {"OidcSession": "1s"}}""");
        shell.Environment["CATGAN_OIDC_ROLES"] = "admin=a, b; viewer=c";
        Assert.Contains("--oidc-session is 1s", (await shell.RunAsync("serve", "--listen", "http://127.0.0.1:0")).Error);
    }

    [Fact]
    public async Task Secret_HasNoOption() => Assert.DoesNotContain("--oidc-secret", (await shell.RunAsync("serve", "--help")).Out);

    [Fact]
    public void Settings_LeftOut_HaveTheirDefaults()
    {
        OpenIdOptions options = new OpenIdWords { Authority = "https://login.example.org/cats/", Client = "catgan", Roles = ["admin=CN=cats,OU=groups"] }.Check()!;
        Assert.Equal(("roles", "catgan", "login.example.org", TimeSpan.FromHours(8)), (options.RoleClaim, options.Audience, options.Name, options.SessionLasts));
        Assert.Equal("https://login.example.org/cats/.well-known/openid-configuration", options.MetadataAddress);
        Assert.True(options.RequireHttps);
        Assert.Equal(AccessRole.Admin, options.Roles.Of(["CN=cats,OU=groups"]));
        Assert.Null(new OpenIdWords().Check());
    }

    [Fact]
    public void RoleMap_OfAnyValues_GivesTheHighestRoleThatIsWrittenDown()
    {
        string[] values = ["a", "b", "c", "=", "x y", "A"];
        Gen<string> value = Gen.Int[0, values.Length - 1].Select(i => values[i]);
        Gen.Select(Gen.Select(Gen.Int[0, 2], value).Array[1, 6], value.Array[0, 5]).Sample((typed, held) =>
        {
            (int Role, string Value)[] entries = [.. typed.DistinctBy(e => e.Item2)];
            AccessRole? expected = entries.Where(e => held.Contains(e.Value)).Select(e => (AccessRole?)e.Role).Max();
            Assert.Equal(expected, RoleMap.Parse(entries.Select(e => $"{Roles[e.Role]}={e.Value}")).Of(held));
        });
    }
}
