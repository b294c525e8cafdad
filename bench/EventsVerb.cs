using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatGan.Search;

namespace CatGan.Bench;

/// <summary>What an event costs the sweep's state machine at the beginning and at the end of a large sweep.</summary>
internal sealed class EventsVerb : IVerb
{
    private const int PartLength = 1000;
    private static readonly ImmutableSortedDictionary<string, string> _noFlags = ImmutableSortedDictionary<string, string>.Empty;
    private static readonly ImmutableSortedDictionary<string, double> _noScores = ImmutableSortedDictionary<string, double>.Empty;

    public Command Command()
    {
        Option<int> experiments = new("--experiments") { Description = "Experiments of the sweep.", DefaultValueFactory = _ => 100_000 };
        Command command = new("events", "Microseconds an event at the beginning and at the end of a large sweep, and their ratio.") { experiments };
        command.SetAction(parsed => Measure(parsed.GetValue(experiments)));
        return command;
    }

    private static int Measure(int experiments)
    {
        int parts = experiments / PartLength;
        if (parts < 20)
        {
            Console.Error.WriteLine($"--experiments is {experiments}, but must be at least {20 * PartLength}");
            return 2;
        }
        Sweep sweep = Sweep.Start(new SweepSubmitted(default, Definition(parts * PartLength), Capacity: 1), out _);
        List<double> micros = [.. Enumerable.Range(0, parts).Select(part => Part(sweep, (part * PartLength) + 1))];
        double first = Median(micros.Skip(1).Take(9)), last = Median(micros.TakeLast(9)); // the very first part also warms up
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            experiments = parts * PartLength,
            first_microseconds_an_event = Math.Round(first, 2),
            last_microseconds_an_event = Math.Round(last, 2),
            ratio = Math.Round(last / first, 3),
        }));
        return 0;
    }

    private static double Part(Sweep sweep, int first)
    {
        long start = Stopwatch.GetTimestamp();
        for (int number = first; number < first + PartLength; number++)
        {
            ImmutableSortedDictionary<string, double> scores = _noScores.Add("swd", 1.0 / number);
            sweep.Apply(new AttemptStarted(default, number, 1, "worker"));
            sweep.Apply(new RungReached(default, number, 1, 250, scores));
            sweep.Apply(new CheckpointSaved(default, number, 1, 250, 25, 1, "blob", "hash", 7));
            sweep.Apply(new ExperimentEnded(default, number, 1, ExperimentOutcome.Completed, null, _noFlags, 1000, 100, 10, scores));
        }
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / (4 * PartLength);
    }

    private static SweepDefinition Definition(int experiments) => new()
    {
        Name = "events",
        Dataset = "builtin:drawn-cats",
        BudgetImages = 1000,
        Sampler = SamplerChoice.Of("random"),
        Configurations = experiments,
        Space = new([new FixedParameter("preset", "dcgan"), new LogUniformParameter("lr_d", 1e-5, 1e-3)]),
        ReportEvery = 50,
        CheckpointEvery = 250,
        SamplesEvery = 500,
        Rungs = [250, 500, 750],
    };

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(4);
}
