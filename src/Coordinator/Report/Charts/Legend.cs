namespace CatGan.Coordinator.Report.Charts;

/// <summary>A chart's legend: HTML beside it, so that it wraps on a narrow screen.</summary>
internal static class Legend
{
    /// <summary>Shapes and colours of families.</summary>
    public static void Families(Markup markup, IEnumerable<Family> families)
    {
        markup.Open("ul", ("class", "legend"));
        foreach (Family family in families)
        {
            markup.Open("li");
            Swatch(markup, family);
            markup.Text(" " + family.Name).Close();
        }
        markup.Close();
    }

    /// <summary>A family's shape in its colour, beside its name.</summary>
    public static void Swatch(Markup markup, Family family)
    {
        markup.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "swatch"), ("viewBox", "0 0 16 16"), ("aria-hidden", "true"));
        Marker.Draw(markup, family.Shape, 8, 8, 6, $"mark {family.Class}");
        markup.Close();
    }

    /// <summary>Lines by class and name.</summary>
    public static void Lines(Markup markup, IEnumerable<(string Class, string Name)> lines)
    {
        markup.Open("ul", ("class", "legend"));
        foreach ((string css, string name) in lines)
        {
            markup.Open("li").Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "swatch wide"), ("viewBox", "0 0 26 16"), ("aria-hidden", "true"));
            markup.Empty("line", ("class", css), ("x1", "1"), ("x2", "25"), ("y1", "8"), ("y2", "8")).Close();
            markup.Text(" " + name).Close();
        }
        markup.Close();
    }
}
