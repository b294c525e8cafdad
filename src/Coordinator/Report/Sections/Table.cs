namespace CatGan.Coordinator.Report.Sections;

/// <summary>Tables that scroll sideways on a phone, with headers and a caption.</summary>
internal static class Table
{
    /// <summary>Opens one; rows follow.</summary>
    /// <param name="markup">What to write to.</param>
    /// <param name="name">Its name for those who cannot see it.</param>
    /// <param name="caption">What its figures mean; empty for none.</param>
    /// <param name="columns">Headers, and whether they stand over numbers.</param>
    public static void Open(Markup markup, string name, string caption, IEnumerable<(string Header, bool Number)> columns)
    {
        if (caption.Length > 0)
            markup.Element("p", caption, ("class", "hint"));
        markup.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", name)).Open("table", ("aria-label", name));
        markup.Open("thead").Open("tr");
        foreach ((string header, bool number) in columns)
            markup.Element("th", header, ("scope", "col"), ("class", number ? "num" : null));
        markup.Close().Close().Open("tbody").Line();
    }

    /// <summary>Closes it and says how many rows were left out.</summary>
    public static void Close(Markup markup, int rows, int shown, string noun)
    {
        markup.Close().Close().Close().Line();
        if (rows > shown)
            markup.Element("p", $"{Words.Of(rows - shown, "more " + noun)} left out here; catgan results has all of them.", ("class", "hint"));
    }
}
