using CatGan.Abstractions;
using CatGan.Coordinator.Report.Sections;
using CatGan.Coordinator.Results;

namespace CatGan.Coordinator.Report;

/// <summary>Renders a report: one HTML file that needs nothing beside it, no network and no script.</summary>
internal static class ReportPage
{
    private static readonly IReportSection[] Sections =
    [
        new HeadlineSection(),
        new RankingSection(),
        new VariantsSection(),
        new ProgressSection(),
        new RatesSection(),
        new VerdictsSection(),
        new NeighboursSection(),
        new ExperimentsSection(),
        new SettingsSection(),
        new TimingsSection(),
        new ReproduceSection(),
    ];

    /// <summary>The whole file.</summary>
    public static string Render(ReportModel model)
    {
        Markup markup = new();
        markup.Trusted("<!DOCTYPE html>\n");
        markup.Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml"));
        Head(markup, model);
        markup.Open("body");
        Header(markup, model.Sweep);
        IReportSection[] shown = [.. Sections.Where(s => s.Applies(model))];
        markup.Open("nav", ("aria-label", "Sections")).Open("ul");
        foreach (IReportSection section in shown)
            markup.Open("li").Element("a", section.Title, ("href", "#" + section.Id)).Close();
        markup.Close().Close().Line();
        markup.Open("main");
        foreach (IReportSection section in shown)
        {
            markup.Open("section", ("id", section.Id)).Element("h2", section.Title);
            section.Write(markup, model);
            markup.Close().Line();
        }
        markup.Close();
        markup.Element("footer", $"Made by CatGan on {Words.Time(model.MadeAt)} from {model.Server ?? model.Store}.");
        return markup.Close().Close().ToString() + "\n";
    }

    private static void Head(Markup markup, ReportModel model)
    {
        markup.Open("head").Empty("meta", ("charset", "utf-8"));
        markup.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        markup.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
        // Nothing may be fetched or run, whatever slipped into the text.
        markup.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; img-src data:; style-src 'unsafe-inline'"));
        markup.Element("title", $"{model.Sweep.Name} – CatGan");
        markup.Open("style").Trusted(ReportStyle.Sheet).Close().Close().Line();
    }

    private static void Header(Markup markup, SweepRecord sweep)
    {
        markup.Open("header").Element("p", "CatGan sweep", ("class", "kicker")).Element("h1", sweep.Name);
        if (sweep.Note.Length > 0)
            markup.Element("p", sweep.Note, ("class", "note"));
        if (!sweep.Tags.IsEmpty)
        {
            markup.Open("ul", ("class", "tags"), ("aria-label", "Tags"));
            foreach (string tag in sweep.Tags)
                markup.Element("li", tag);
            markup.Close();
        }
        string phase = sweep.Phase switch
        {
            SweepPhase.Finished => "Finished",
            SweepPhase.Cancelled => "Cancelled",
            SweepPhase.Paused or SweepPhase.Pausing => "Paused: this is what is known so far",
            _ => "Still running: this is what is known so far",
        };
        int total = Math.Max(sweep.Total, sweep.Experiments.Length), open = total - sweep.Experiments.Count(e => e.Attempts > 0 || e.Outcome is not null);
        int ended = sweep.Experiments.Count(e => e.Phase == ExperimentPhase.Ended);
        markup.Element("p", $"{phase}. {ended} of {Words.Of(total, "experiment")} ended, {(open > 0 ? $"{Words.Whole(open)} have not begun, " : "")}"
            + $"{Words.Count(sweep.Experiments.Sum(e => (double)e.Images))} images of {sweep.Dataset} trained on, submitted {Words.Time(sweep.SubmittedAt)}.", ("class", "status"));
        markup.Close().Line();
    }
}
