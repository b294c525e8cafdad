using System.Xml.Linq;

namespace CatGan.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md: who may reference whom, read from the project files.</summary>
public class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Abstractions"] = [],
        ["Search"] = [],
        ["Storage"] = [],
        ["Datasets"] = ["Storage"],
        ["Training"] = ["Abstractions", "Datasets", "Storage"],
        ["Grains"] = ["Abstractions", "Search", "Storage", "Training"],
        ["Silo"] = ["Grains"],
        ["Coordinator"] = ["Abstractions", "Datasets", "Search", "Storage"],
    };

    private static readonly Dictionary<string, string[]> OnlyHere = new()
    {
        ["TorchSharp"] = ["Training"],
        ["TorchSharp-cuda-linux"] = ["Training"],
        ["libtorch-cpu-linux-x64"] = ["Training"],
        ["Azure.Storage.Blobs"] = ["Storage"],
        ["Azure.Identity"] = ["Storage"],
        ["Microsoft.Orleans.Sdk"] = ["Abstractions"],
        ["Microsoft.Orleans.Server"] = ["Grains", "Silo"],
        ["Microsoft.Orleans.Client"] = ["Coordinator"],
        ["Polly.Core"] = ["Grains"],
        ["Microsoft.Orleans.Clustering.Redis"] = ["Coordinator", "Silo"],
        ["StackExchange.Redis"] = ["Coordinator", "Silo"],
        ["Spectre.Console"] = ["Coordinator"],
        ["YamlDotNet"] = ["Coordinator"],
    };

    public static TheoryData<string> Names => [.. Projects.Keys];

    [Fact]
    public void Projects_UnderSrc_AreTheEightOfTheDesign() => Assert.Equal(
        Projects.Keys.Order(), Directory.GetDirectories(Source).Select(d => Path.GetFileName(d)).Order());

    [Theory, MemberData(nameof(Names))]
    public void References_OfAProject_AreExactlyItsArrows(string name) => Assert.Equal(
        Projects[name].Order(), Read(name, "ProjectReference").Select(p => Path.GetFileName(Path.GetDirectoryName(p)!)).Order());

    [Theory, MemberData(nameof(Names))]
    public void Packages_OfAProject_StayWhereTheyBelong(string name) => Assert.All(
        Read(name, "PackageReference").Where(OnlyHere.ContainsKey), package => Assert.Contains(name, OnlyHere[package]));

    [Fact]
    public void Search_HasNoPackagesAtAll() => Assert.Empty(Read("Search", "PackageReference"));

    [Theory]
    [InlineData("catgan", "TorchSharp")]
    [InlineData("catgan", "CatGan.Training")]
    [InlineData("CatGan.Search", "Orleans.Core.Abstractions")]
    [InlineData("CatGan.Training", "Orleans.Runtime")]
    [InlineData("CatGan.Training", "CatGan.Search")]
    [InlineData("CatGan.Abstractions", "TorchSharp")]
    public void Assembly_NeverReaches(string assembly, string forbidden) => Assert.DoesNotContain(forbidden, Reachable(assembly));

    // The package that finds silos in Redis brings Orleans' runtime with it; the coordinator itself is a client only.
    [Fact]
    public void Coordinator_ItselfNamesNoOrleansRuntime() =>
        Assert.DoesNotContain("Orleans.Runtime", References(Path.Combine(AppContext.BaseDirectory, "catgan.dll")));

    [Theory]
    [InlineData("catgan-silo", "TorchSharp")]
    [InlineData("catgan-silo", "CatGan.Search")]
    public void Assembly_Reaches(string assembly, string needed) => Assert.Contains(needed, Reachable(assembly));

    private static string Source { get; } = Path.Combine(Root(AppContext.BaseDirectory), "src");

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "CatGan.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("CatGan.sln is in no folder above the tests."));

    private static IEnumerable<string> Read(string project, string item) =>
        XDocument.Load(Path.Combine(Source, project, $"CatGan.{project}.csproj")).Descendants(item)
            .Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));

    /// <summary>All assemblies that one needs, as far as they lie beside these tests.</summary>
    private static HashSet<string> Reachable(string assembly)
    {
        HashSet<string> found = [];
        Stack<string> open = new([assembly]);
        while (open.TryPop(out string? name))
        {
            string file = Path.Combine(AppContext.BaseDirectory, name + ".dll");
            if (!File.Exists(file))
                continue;
            foreach (string reference in References(file))
            {
                if (found.Add(reference))
                    open.Push(reference);
            }
        }
        return found;
    }

    private static IEnumerable<string> References(string file)
    {
        using FileStream content = File.OpenRead(file);
        using System.Reflection.PortableExecutable.PEReader image = new(content);
        System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }
}
