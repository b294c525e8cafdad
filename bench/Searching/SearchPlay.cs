using System.Collections.Immutable;
using CatGan.Search;

namespace CatGan.Bench;

/// <summary>
/// One search as a sweep runs it: the real state machine, some slots, experiments that end in an order of chance.
/// </summary>
internal static class SearchPlay
{
    private static readonly ImmutableSortedDictionary<string, string> _noFlags = ImmutableSortedDictionary<string, string>.Empty;
    private static readonly ImmutableSortedDictionary<string, double> _noScores = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>
    /// The value without noise of the configuration that came out best: what a person gets who takes the winner.
    /// </summary>
    public static double Winner(SearchProblem problem, SamplerChoice sampler, long seed, int slots = 4)
    {
        Sweep sweep = Sweep.Start(new SweepSubmitted(default, Definition(problem, sampler, seed), slots), out _);
        // The order in which experiments end and the noise are the same for every sampler.
        Random random = new((int)seed);
        while (!sweep.HasEnded)
        {
            int number = sweep.Active[random.Next(sweep.Active.Length)];
            Train(sweep, number, problem.Value(sweep.Experiments[number - 1].Configuration) + (problem.Noise * Normal(random)));
        }
        return problem.Value(sweep.Best!.Configuration)!.Value;
    }

    /// <summary>Starts and ends an experiment that was offered; without a score it diverged.</summary>
    public static void Train(Sweep sweep, int number, double? score)
    {
        sweep.Apply(new AttemptStarted(default, number, 1, "worker"));
        sweep.Apply(new ExperimentEnded(
            default, number, 1, score is null ? ExperimentOutcome.Diverged : ExperimentOutcome.Completed, null, _noFlags, 1000, 100, 10,
            score is { } value ? _noScores.Add("swd", value) : _noScores));
    }

    public static SweepDefinition Definition(SearchProblem problem, SamplerChoice sampler, long seed) => new()
    {
        Name = problem.Name,
        Dataset = "builtin:drawn-cats",
        BudgetImages = 1000,
        Sampler = sampler,
        Configurations = problem.Budget,
        Seed = seed,
        Space = problem.Space,
        ReportEvery = 1000,
        CheckpointEvery = 1000,
        SamplesEvery = 1000,
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
