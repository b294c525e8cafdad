namespace CatGan.Cluster.Tests.Harness;

/// <summary>Where the programs lie that the tests start, as the build puts them.</summary>
internal static class Programs
{
    /// <summary>The silo itself.</summary>
    public static string Silo { get; } = Built("CatGan.Silo", "catgan-silo");

    /// <summary>The silo with a trainer that can be slowed down and made to fail.</summary>
    public static string FaultySilo { get; } = Built("CatGan.FaultySilo", "catgan-faulty-silo");

    /// <summary>The command line.</summary>
    public static string CatGan { get; } = Built("CatGan.Coordinator", "catgan");

    /// <summary>A folder of the repository.</summary>
    public static string Folder(params string[] parts)
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CatGan.sln")))
                return Path.Combine([folder, .. parts]);
        }
        throw new InvalidOperationException("CatGan.sln is in no folder above " + AppContext.BaseDirectory);
    }

    private static string Built(string project, string program)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Folder("artifacts", "bin", project, configuration, program);
    }
}
