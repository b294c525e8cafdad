using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Search;

namespace CatGan.Bench;

/// <summary>What samplers find at equal budget, and what a proposal costs.</summary>
internal sealed class SearchVerb : IVerb
{
    private const int PartLength = 100;
    private static readonly string[] _samplers = ["random", "sobol", "tpe"];

    public Command Command()
    {
        Option<int> seeds = new("--seeds") { Description = "Searches a function and sampler.", DefaultValueFactory = _ => 20 };
        Option<int> experiments = new("--experiments") { Description = "Experiments of the sweep in which the cost of a proposal is taken; 0 for none.", DefaultValueFactory = _ => 100_000 };
        Command command = new("search", "What random, sobol and tpe find at equal budget on three functions, and microseconds a proposal.") { seeds, experiments };
        command.SetAction(parsed =>
        {
            foreach (SearchProblem problem in SearchProblem.All)
                Console.WriteLine(JsonSerializer.Serialize(Compare(problem, parsed.GetValue(seeds))));
            foreach (string sampler in parsed.GetValue(experiments) >= 2 * PartLength ? _samplers : [])
                Console.WriteLine(JsonSerializer.Serialize(Cost(sampler, parsed.GetValue(experiments))));
            return 0;
        });
        return command;
    }

    private static object Compare(SearchProblem problem, int seeds)
    {
        Dictionary<string, double[]> found = _samplers.ToDictionary(
            s => s,
            s => Enumerable.Range(1, seeds).Select(seed => SearchPlay.Winner(problem, SamplerChoice.Of(s), seed) - problem.Least).ToArray());
        double Better(string one, string other) => SignedRank.Below(found[one].Zip(found[other], (a, b) => a - b));
        return new
        {
            function = problem.Name,
            budget = problem.Budget,
            seeds,
            median_above_least = found.ToDictionary(f => f.Key, f => Math.Round(Median(f.Value), 5)),
            tpe_beats_random_seeds = found["tpe"].Zip(found["random"], (a, b) => a < b).Count(b => b),
            p_tpe_beats_random = Better("tpe", "random"),
            p_tpe_beats_sobol = Better("tpe", "sobol"),
            p_sobol_beats_random = Better("sobol", "random"),
        };
    }

    /// <summary>Processor time of an experiment's events and the proposal of the next, at the beginning and at the end of a large sweep.</summary>
    private static object Cost(string sampler, int experiments)
    {
        SearchProblem problem = SearchProblem.All.Single(p => p.Name == "valley") with { Budget = experiments };
        Sweep sweep = Sweep.Start(new SweepSubmitted(default, SearchPlay.Definition(problem, SamplerChoice.Of(sampler), 1), 1), out _);
        List<double> micros = [];
        for (int first = 1; first + PartLength <= experiments; first += PartLength)
        {
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            for (int number = first; number < first + PartLength; number++)
                SearchPlay.Train(sweep, number, problem.Value(sweep.Experiments[number - 1].Configuration));
            micros.Add((Process.GetCurrentProcess().TotalProcessorTime - start).TotalMicroseconds / PartLength);
        }
        return new
        {
            sampler,
            microseconds_an_experiment_to_200 = Math.Round(micros[1], 1),
            microseconds_an_experiment_to_1000 = Math.Round(micros[Math.Min(9, micros.Count - 1)], 1),
            microseconds_an_experiment_last_1000 = Math.Round(micros.TakeLast(10).Average(), 1),
            experiments,
        };
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
