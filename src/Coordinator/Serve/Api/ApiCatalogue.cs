namespace CatGan.Coordinator.Serve.Api;

/// <summary>All resources of the API. A new one is a file in this folder and a line here.</summary>
internal static class ApiCatalogue
{
    /// <summary>Where the API lies.</summary>
    public const string Root = "/api/v1";

    /// <summary>The resources.</summary>
    public static IReadOnlyList<IApiPart> All { get; } =
    [
        new SweepsApi(),
        new ExperimentsApi(),
        new CurvesApi(),
        new SamplesApi(),
        new EventsApi(),
        new SubmissionsApi(),
        new VerbsApi(),
        new LogsApi(),
        new CheckpointsApi(),
        new PicturesApi(),
        new ResultsApi(),
        new ReportApi(),
        new ClusterApi(),
        .. Pages.Data.PageData.All,
    ];
}
