namespace CatGan.Training.Metrics;

/// <summary>Small statistics of scores.</summary>
internal static class Statistics
{
    /// <summary>Standard deviation of a sample (n − 1); 0 for fewer than two values.</summary>
    public static double Deviation(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
        {
            return 0;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
