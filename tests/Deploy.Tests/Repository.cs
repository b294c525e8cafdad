namespace CatGan.Deploy.Tests;

/// <summary>The files of the repository.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string File(string path) => Path.Combine(Root, path);

    public static string Read(string path) => System.IO.File.ReadAllText(File(path));

    private static string Find(string folder) => System.IO.File.Exists(Path.Combine(folder, "CatGan.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
