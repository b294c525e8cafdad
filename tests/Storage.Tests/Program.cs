namespace CatGan.Storage.Tests;

/// <summary>Runs the tests, as xunit's own entry point would, or plays another process of one of them.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (await Hammer.RunIfToldAsync())
            return 0;
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
