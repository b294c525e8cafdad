using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>How much a page holds.</summary>
internal static class Paging
{
    /// <summary>Rows of a page when nobody says otherwise.</summary>
    public const int Usual = 100;

    /// <summary>Most rows of a page.</summary>
    public const int Most = 1000;

    /// <summary>The rows asked for.</summary>
    /// <exception cref="UserException">Too few or too many.</exception>
    public static int Limit(int? typed) => typed is null or (>= 1 and <= Most)
        ? typed ?? Usual
        : throw new UserException(ExitCode.BadInput, $"limit is {typed}, but must be from 1 to {Most:N0}");
}
