using System.Xml.Linq;
using CatGan.Coordinator.Report;
using CatGan.Coordinator.Tests.Results;

namespace CatGan.Coordinator.Tests.Report;

/// <summary>A report read back as a reader of screens would.</summary>
internal sealed class ReportFile
{
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";
    private readonly XDocument _document;

    private ReportFile(string text) => (Text, _document) = (text, XDocument.Parse(text));

    public string Text { get; }

    public string Heading => All("h1").Single().Value;

    public static async Task<ReportFile> MakeAsync(TemporaryStore temporary, string sweep = "cats-1", ReportLimits? limits = null)
    {
        string? path = await new ReportWriter(temporary.Store, TimeProvider.System, temporary.Cache, limits).WriteAsync(sweep, CancellationToken.None);
        return new ReportFile(await File.ReadAllTextAsync(path!));
    }

    public IEnumerable<XElement> All(string tag) => _document.Descendants(Html + tag);

    /// <summary>Elements of SVG charts.</summary>
    public IEnumerable<XElement> Drawn(string tag) => _document.Descendants(XNamespace.Get("http://www.w3.org/2000/svg") + tag);

    public IEnumerable<XAttribute> Attributes(params string[] names) => _document.Descendants().Attributes().Where(a => names.Contains(a.Name.LocalName));

    public XElement? Section(string id) => All("section").SingleOrDefault(s => (string?)s.Attribute("id") == id);

    public string Words(string section) => Section(section)?.Value ?? "";

    /// <summary>Cells of the rows of a section's first table, headers left out.</summary>
    public string[][] Rows(string section) =>
        [.. Section(section)!.Descendants(Html + "tbody").First().Elements(Html + "tr").Select(r => r.Elements().Select(c => c.Value.Trim()).ToArray())];
}
