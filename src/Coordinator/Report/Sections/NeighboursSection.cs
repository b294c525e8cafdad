using CatGan.Coordinator.Report.Neighbours;
using CatGan.Coordinator.Report.Pictures;

namespace CatGan.Coordinator.Report.Sections;

/// <summary>Whether the best samples are copies of training pictures.</summary>
internal sealed class NeighboursSection : IReportSection
{
    public string Id => "neighbours";

    public string Title => "Memorised or made?";

    public bool Applies(ReportModel model) => model.Neighbours.Count > 0 || model.NeighbourNote.Length > 0;

    public void Write(Markup markup, ReportModel model)
    {
        if (model.NeighbourNote.Length > 0)
            markup.Element("p", model.NeighbourNote);
        if (model.Neighbours.Count == 0)
            return;
        markup.Element("p", "Each sample (left) beside the real picture most like it (right), those first that come nearest. A generator that only remembers would show the same picture twice.");
        foreach (NeighbourFindings found in model.Neighbours)
            Findings(markup, model, found);
    }

    private static void Findings(Markup markup, ReportModel model, NeighbourFindings found)
    {
        markup.Element("p", $"The distance is the root mean square difference of 16 × 16 block means (0 equal, 1 black against white), mirror images included, over {Words.Of(found.Searched, "real picture")}. "
            + $"As a yardstick, the same search for {Words.Of(found.Probes, "real picture")} among the others: half lie nearer than {Words.Score(found.RealMedian)} to their nearest, one in a hundred nearer than {Words.Score(found.RealClosest)}.", ("class", "hint"));
        foreach (GeneratorNeighbours generator in found.Generators)
            Generator(markup, model, found, generator);
    }

    private static void Generator(Markup markup, ReportModel model, NeighbourFindings found, GeneratorNeighbours generator)
    {
        markup.Open("article", ("class", "card wide-card"));
        markup.Element("h3", model.Sweep.Find(generator.Experiment) is { } experiment ? model.Labels.Full(experiment) : $"#{generator.Experiment}");
        markup.Element("p", Judgement(found, generator));
        markup.Open("div", ("class", "pairs"));
        foreach (NeighbourPair pair in generator.Pairs)
        {
            markup.Open("figure", ("class", "pair"));
            Image(markup, pair.Sample, "A sample.");
            Image(markup, pair.Real, $"The real picture most like it, number {pair.Index}{(pair.Mirrored ? ", mirrored" : "")}.");
            markup.Element("figcaption", $"{Words.Score(pair.Distance)} to real #{pair.Index}{(pair.Mirrored ? ", mirrored" : "")}").Close();
        }
        markup.Close().Close().Line();
    }

    private static string Judgement(NeighbourFindings found, GeneratorNeighbours generator)
    {
        string copies = generator.Copies == 0
            ? $"None of {Words.Of(generator.Samples, "sample")} lies suspiciously near to a real picture"
            : $"{generator.Copies} of {Words.Of(generator.Samples, "sample")} lie nearer to a real picture than {Words.Score(found.RealClosest)}";
        string median = $"(median distance {Words.Score(generator.Median)}, between real pictures {Words.Score(found.RealMedian)})";
        // One in a hundred is what real pictures themselves show; a few more are chance.
        return generator.Copies > Math.Max(1, 0.05 * generator.Samples)
            ? $"{copies} {median}: look at the pairs, this generator may have memorised."
            : $"{copies} {median}: made, not memorised.";
    }

    private static void Image(Markup markup, Inlined picture, string alt) =>
        markup.Empty("img", ("src", picture.Uri), ("width", $"{picture.Width}"), ("height", $"{picture.Height}"), ("alt", alt));
}
