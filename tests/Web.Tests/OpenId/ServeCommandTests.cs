using System.Diagnostics;
using System.Text;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Web.Tests.Support;
using CatGan.Web.Tests.Support.OpenId;

namespace CatGan.Web.Tests.OpenId;

/// <summary>The command as a person types it.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("catgan-web-tests");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_WithAProviderAndItsSecretInTheEnvironment_SignsPeopleIn()
    {
        await using OpenIdHost provider = await OpenIdHost.StartAsync();
        using CancellationTokenSource interrupted = new();
        using LockedWriter output = new();
        Task<int> serving = CatGanApp.RunAsync(
            ["serve", "--listen", "http://127.0.0.1:0", "--oidc-authority", $"{provider.Issuer}", "--oidc-role", "operator=cat-operators", "--oidc-role", "admin=cat-admins", "--oidc-scope", "cats"],
            new Surroundings
            {
                Out = output,
                Error = TextWriter.Null,
                Time = TimeProvider.System,
                WorkingDirectory = folder.FullName,
                Variable = name => name switch
                {
                    "CATGAN_OIDC_CLIENT" => OpenIdHost.Client,
                    "CATGAN_OIDC_SECRET" => OpenIdHost.Secret,
                    _ => null,
                },
                IsTerminal = false,
                Interrupted = interrupted.Token,
                Door = _ => new FakeSilo { Reachable = false },
            });
        await Eventually.TrueAsync(() => Task.FromResult(serving.IsCompleted || output.ToString().Contains('\n')));
        using (Visitor tom = new(new Uri(output.ToString().Trim().Split(' ')[^1])))
            Assert.Contains("\"operator\"", (await tom.SignInAsync("/api/v1/me")).Text);
        Assert.Equal("openid profile cats", provider.Requests[0].Scope);
        await interrupted.CancelAsync();
        Assert.Equal(ExitCode.Done, await serving);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    public async Task Help_LoadsNothingOfTheSignIn(string line)
    {
        string trace = Path.Combine(folder.FullName, "loaded.nettrace");
        DirectoryInfo here = new(AppContext.BaseDirectory);
        ProcessStartInfo start = new(Path.GetFullPath(Path.Combine(here.FullName, "..", "..", "CatGan.Coordinator", here.Name, "catgan")), line.Split(' '))
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            Environment =
            {
                // The runtime itself notes which assemblies it loads.
                ["DOTNET_EnableEventPipe"] = "1",
                ["DOTNET_EventPipeOutputPath"] = trace,
                ["DOTNET_EventPipeConfig"] = "Microsoft-Windows-DotNETRuntime:0x8:4",
            },
        };
        using Process catgan = Process.Start(start)!;
        string help = await catgan.StandardOutput.ReadToEndAsync();
        await catgan.WaitForExitAsync();
        Assert.Contains("serve", help);
        string loaded = Encoding.Unicode.GetString(await File.ReadAllBytesAsync(trace)) + Encoding.Unicode.GetString((await File.ReadAllBytesAsync(trace))[1..]);
        Assert.Contains("catgan.dll", loaded);
        Assert.DoesNotContain("Microsoft.IdentityModel", loaded);
        Assert.DoesNotContain("Microsoft.AspNetCore.Authentication", loaded);
    }
}
