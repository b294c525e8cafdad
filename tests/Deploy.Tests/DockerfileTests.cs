using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CatGan.Deploy.Tests;

/// <summary>What can be said of the images without building them.</summary>
public partial class DockerfileTests
{
    /// <summary>The newest GLIBCXX of the bases that the images may stand on, from their libstdc++: Ubuntu 24.04 has GCC 14's.</summary>
    private const int NobleGlibcxx = 33;

    public static TheoryData<string> Images => ["silo", "coordinator"];

    [Theory, MemberData(nameof(Images))]
    public void Restore_LayerOfAnImage_HasEveryProjectThatIsReferenced(string image)
    {
        string[] copied = [.. Dockerfile.Read(image).Sources.Where(s => s.EndsWith(".csproj", StringComparison.Ordinal)).Order()];
        Assert.Equal(Closure(Project(image)).Distinct().Order(), copied);
    }

    [Theory, MemberData(nameof(Images))]
    public void Sources_OfAnImage_ExistAndAreNotIgnored(string image)
    {
        string[] kept = [.. Repository.Read(".dockerignore").Split('\n').Where(l => l.StartsWith('!')).Select(l => l[1..])];
        Assert.All(Dockerfile.Read(image).Sources, source =>
        {
            Assert.True(Path.Exists(Repository.File(source)), $"{source} does not exist");
            Assert.Contains(source.Split('/')[0], kept);
        });
    }

    [Theory, MemberData(nameof(Images))]
    public void Bases_OfAnImage_AreOfficialAndNew(string image)
    {
        string[] bases = [.. Dockerfile.Read(image).All("FROM").Select(f => f.Split(' ')[0])];
        Assert.Contains(bases, b => b.StartsWith("mcr.microsoft.com/dotnet/aspnet:", StringComparison.Ordinal));
        Assert.All(bases, b => Assert.Matches(@"^mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0-noble(-chiseled)?$|^base-\$\{TORCH\}$", b));
    }

    [Theory, MemberData(nameof(Images))]
    public void Image_AsItIs_RunsItsProgramWithoutRootAndHasItsLabels(string image)
    {
        Dockerfile file = Dockerfile.Read(image);
        Assert.Equal("1654:1654", file.All("USER").Last());
        Assert.Contains("org.opencontainers.image.version=\"$VERSION\"", string.Join(' ', file.All("LABEL")), StringComparison.Ordinal);
        string program = XDocument.Load(Repository.File(Project(image))).Descendants("AssemblyName").Single().Value;
        Assert.Equal($"[\"/app/{program}\"]", file.All("ENTRYPOINT").Single());
        string version = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        Assert.Contains($"VERSION={version}", file.All("ARG"));
    }

    [Fact]
    public void Base_OfTheSilo_HasTheLibstdcxxThatTorchSharpWants()
    {
        string library = Directory.EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories).First();
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(library));
        int wanted = Glibcxx().Matches(text).Max(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.InRange(wanted, 1, NobleGlibcxx);
    }

    [GeneratedRegex(@"GLIBCXX_3\.4\.(\d+)\0")]
    private static partial Regex Glibcxx();

    private static string Project(string image)
    {
        string name = char.ToUpperInvariant(image[0]) + image[1..];
        return $"src/{name}/CatGan.{name}.csproj";
    }

    private static IEnumerable<string> Closure(string project)
    {
        string folder = Path.GetDirectoryName(project)!;
        IEnumerable<string> referenced = XDocument.Load(Repository.File(project)).Descendants("ProjectReference")
            .Select(r => Path.GetRelativePath(Repository.File("."), Path.GetFullPath(Repository.File(Path.Combine(folder, r.Attribute("Include")!.Value)))));
        return referenced.SelectMany(Closure).Prepend(project);
    }
}
