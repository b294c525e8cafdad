using CatGan.Coordinator.Serve.Api;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>Parts of the API that the pages' charts and pictures are made from. A new one is a file in this folder and a line here.</summary>
internal static class PageData
{
    /// <summary>The parts.</summary>
    public static IReadOnlyList<IApiPart> All { get; } =
    [
        new CourseApi(),
        new RealPicturesApi(),
        new NeighboursApi(),
        new AttemptsApi(),
    ];
}
