namespace CatGan.Coordinator.Report;

/// <summary>One section of the report. A new one is a file and a line in <see cref="ReportPage"/>'s list.</summary>
internal interface IReportSection
{
    /// <summary>Anchor.</summary>
    string Id { get; }

    /// <summary>Heading.</summary>
    string Title { get; }

    /// <summary>False when there is nothing to show.</summary>
    bool Applies(ReportModel model);

    /// <summary>Writes the content below the heading.</summary>
    void Write(Markup markup, ReportModel model);
}
