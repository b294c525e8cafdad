namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>
/// What a chart of a large sweep draws of it: thousands of lines over each other show nothing. The best, and of the others
/// every so many, always the same ones while the sweep grows, so that a live chart does not flicker.
/// </summary>
internal static class CourseChoice
{
    /// <summary>Up to so many experiments all are drawn.</summary>
    public const int All = 400;

    /// <summary>Of more, so many of the best.</summary>
    public const int Best = 50;

    private const int Others = 200;

    /// <summary>Numbers of the experiments that are drawn, in order.</summary>
    /// <param name="ranked">Numbers of the experiments, the best first.</param>
    /// <param name="scored">Numbers of those that have a score.</param>
    public static IReadOnlyList<int> Of(IEnumerable<int> ranked, IReadOnlyCollection<int> scored)
    {
        if (scored.Count <= All)
            return [.. scored.Order()];
        HashSet<int> known = [.. scored];
        int every = Stride(scored.Count, Others);
        return [.. ranked.Where(known.Contains).Take(Best).Union(scored.Where(n => n % every == 0)).Order()];
    }

    /// <summary>
    /// The least power of two by which so many are thinned to at most <paramref name="most"/>: what is drawn of 5,000 is
    /// drawn of 6,000 too, but for what a doubling takes away.
    /// </summary>
    public static int Stride(int count, int most)
    {
        int every = 1;
        while (count / every > most)
            every *= 2;
        return every;
    }
}
