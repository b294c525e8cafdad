using System.Collections.Immutable;
using System.Globalization;
using CatGan.Bench;
using CatGan.Search.Samplers;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

public sealed class TpeSamplerTests
{
    private static readonly SweepDefinition _tpe = Small with
    {
        Sampler = SamplerChoice.Of("tpe"),
        Configurations = 50,
        Space = Space(new UniformParameter("x", 0, 1)),
    };

    public static TheoryData<string, string, string> FaultyOptions => new()
    {
        { "startup", "0", "sampler.startup is 0, but must be a whole number from 1 to 10000" },
        { "startup", "2.5", "sampler.startup is 2.5, but must be a whole number from 1 to 10000" },
        { "gamma", "0.6", "sampler.gamma is 0.6, but must be a number from 0.01 to 0.5" },
        { "gamma", "few", "sampler.gamma is few, but must be a number from 0.01 to 0.5" },
        { "candidates", "1001", "sampler.candidates is 1001, but must be a whole number from 1 to 1000" },
    };

    [Theory]
    [InlineData("branin")]
    [InlineData("hartmann6")]
    [InlineData("valley")]
    public void Search_TwentySeedsAtEqualBudget_BeatsRandom(string function)
    {
        SearchProblem problem = SearchProblem.All.Single(p => p.Name == function);
        IEnumerable<double> differences = Enumerable.Range(1, 20).Select(seed =>
            SearchPlay.Winner(problem, SamplerChoice.Of("tpe"), seed) - SearchPlay.Winner(problem, SamplerChoice.Of("random"), seed));
        Assert.InRange(SignedRank.Below(differences), 0, 0.05);
    }

    [Fact]
    public void SignedRank_SmallSamples_AreThoseWorkedOutByHand()
    {
        // -3 -2 1: ranks 3, 2, 1, the positive one is 1. Of 2^3 sign patterns those with a sum of positive ranks of at most 1 are
        // none (0) and {1}: 2/8. All below: 1/8. Ties -1 -1 2: ranks 1.5, 1.5, 3; sums up to 3: none, 1.5, 1.5, 1.5 + 1.5 = 3, 3: 5/8.
        Assert.Equal(2 / 8.0, SignedRank.Below([-3, -2, 1]), 1e-12);
        Assert.Equal(1 / 8.0, SignedRank.Below([-3, -2, -1, 0]), 1e-12);
        Assert.Equal(5 / 8.0, SignedRank.Below([-1, -1, 2]), 1e-12);
    }

    [Fact]
    public void LogDensity_OneAxisOfChoices_IsThatWorkedOutByHand()
    {
        // Good: a. Bad: b, b, b. A kernel among n of an axis with 2 values draws any value with chance 2 / (2 + n): 2/3 and 2/5.
        // Good: its kernel gives a 1/3 + 2/3 * 1/2 = 2/3, b 1/3; with the even one (1/2 each) a (2/3 + 1/2) / 2 = 7/12, b 5/12.
        // Bad: its kernels give b 3/5 + 2/5 * 1/2 = 4/5, a 1/5; with the even one a (3 * 1/5 + 1/2) / 4 = 11/40, b 29/40.
        ChoiceParameter preset = new("preset", ["a", "b"]);
        TpeAxes axes = new(Space(preset));
        Cell?[] a = [preset.CellOf("a")], b = [preset.CellOf("b")];
        ParzenMixture good = new(axes, [a]), bad = new(axes, [b, b, b]);
        Assert.Equal(Math.Log(7 / 12.0), good.LogDensity(a), 1e-12);
        Assert.Equal(Math.Log(5 / 12.0), good.LogDensity(b), 1e-12);
        Assert.Equal(Math.Log(11 / 40.0), bad.LogDensity(a), 1e-12);
        Assert.Equal(Math.Log(29 / 40.0), bad.LogDensity(b), 1e-12);
    }

    [Fact]
    public void LogDensity_WholeNumbers_AddUpToOne()
    {
        IntParameter batch = new("batch", 1, 12);
        TpeAxes axes = new(Space(batch));
        ParzenMixture mixture = new(axes, [[batch.CellOf("2")], [batch.CellOf("11")], [null]]);
        Assert.Equal(1, Enumerable.Range(1, 12).Sum(v => Math.Exp(mixture.LogDensity([batch.CellOf($"{v}")]))), 1e-9);
    }

    [Fact]
    public void LogDensity_RealNumbers_IntegrateToOneAndAreDrawnAccordingly()
    {
        UniformParameter x = new("x", 0, 1);
        TpeAxes axes = new(Space(x));
        ParzenMixture mixture = new(axes, [[Cell.Point(0.05)], [Cell.Point(0.1)], [Cell.Point(0.9)]]);
        double[] tenths = [.. Enumerable.Range(0, 1000).Select(i => Math.Exp(mixture.LogDensity([Cell.Point((i + 0.5) / 1000)])) / 1000).Chunk(100).Select(c => c.Sum())];
        Assert.Equal(1, tenths.Sum(), 1e-3);
        SearchRandom random = SearchRandom.Seeded(1);
        int[] drawn = new int[10];
        for (int i = 0; i < 20_000; i++)
            drawn[(int)Math.Min(9, mixture.Draw(random).Cells[0]!.Value.Middle * 10)]++;
        // The standard deviation of a share p of 20,000 is below 0.0036; five of those allowed.
        Assert.All(drawn.Zip(tenths), t => Assert.InRange(t.First / 20_000.0, t.Second - 0.018, t.Second + 0.018));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963985, 0.975)]
    [InlineData(-1, 0.158655254)]
    [InlineData(-9, 0)]
    [InlineData(9, 1)]
    public void Below_KnownQuantiles_AreThoseOfTheTables(double z, double share) => Assert.Equal(share, NormalCurve.Below(z), 1e-7);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Propose_EitherDirection_GoesTheWayThatIsBetter(bool minimize)
    {
        Sweep sweep = Start(_tpe with { Objective = new("swd", minimize) });
        Play(sweep, x => x);
        double late = sweep.Experiments.Skip(35).Average(Place);
        Assert.InRange(minimize ? late : 1 - late, 0, 0.25);
    }

    [Theory]
    [InlineData(ExperimentOutcome.Diverged)]
    [InlineData(ExperimentOutcome.Failed)]
    [InlineData(ExperimentOutcome.OutOfMemory)]
    public void Propose_AHalfThatGivesNoResult_IsAvoided(ExperimentOutcome outcome)
    {
        // Best at 0.4, nothing above 0.6: of twenty random ones eight would lie there.
        Sweep sweep = Start(_tpe);
        Play(sweep, x => x > 0.6 ? null : Math.Abs(x - 0.4), outcome);
        Assert.InRange(sweep.Experiments.Skip(30).Count(e => Place(e) > 0.6), 0, 4);
    }

    [Fact]
    public void Propose_CancelledByAPerson_CountsNeitherWay()
    {
        ConfigurationResults results = new(Small.Objective, 1);
        Experiment[] experiments = [Of(1, ExperimentOutcome.Completed, 0.5), Of(2, ExperimentOutcome.Cancelled, 0.1), Of(3, ExperimentOutcome.Diverged, 0.2)];
        foreach (Experiment experiment in experiments)
            results.Update(experiment, experiments);
        Assert.Equal((1, 1, 3), (results.Scored, results.Failed, results.Count));
        TpeSplit split = TpeSplit.Of(_tpe, 0.15, results);
        Assert.Equal(["x=0.1"], split.Good.Select(c => $"{c}"));
        Assert.Equal(["x=0.3"], split.Bad.Select(c => $"{c}"));
    }

    [Fact]
    public void Update_Repeats_CountOnceAllEndedWithTheirMean()
    {
        // 0 and 1 belong together: mean (0.2 + 0.6) / 2 = 0.4, behind 0.3 of 2 and 3 and before 4 and 5, of which one diverged.
        ConfigurationResults results = new(Small.Objective, 2);
        Experiment[] all =
        [
            Of(1, null, null, 2), Of(2, ExperimentOutcome.Completed, 0.6, 2), Of(3, ExperimentOutcome.Completed, 0.3, 2),
            Of(4, ExperimentOutcome.Stopped, 0.3, 2), Of(5, ExperimentOutcome.Diverged, 0.01, 2), Of(6, ExperimentOutcome.Completed, 0.01, 2),
        ];
        foreach (Experiment experiment in all)
            results.Update(experiment, all);
        Assert.Equal([1], results.Best);
        all[0] = Of(1, ExperimentOutcome.Completed, 0.2, 2);
        results.Update(all[0], all);
        Assert.Equal([1, 0], results.Best);
        Assert.Equal((2, 1), (results.Scored, results.Failed));
    }

    [Fact]
    public void Update_RunningWithAFullScore_CountsByIt()
    {
        ConfigurationResults results = new(Small.Objective, 1);
        Experiment[] all = [Of(1, ExperimentOutcome.Completed, 0.4), Of(2, null, 0.3), Of(3, null, null)];
        foreach (Experiment experiment in all)
            results.Update(experiment, all);
        Assert.Equal([1, 0], results.Best);
        all[1] = Of(2, ExperimentOutcome.Diverged, 0.3);
        results.Update(all[1], all);
        Assert.Equal([0], results.Best);
        Assert.Equal((1, 1), (results.Scored, results.Failed));
    }

    [Fact]
    public void Propose_ManySideBySide_AreAllDifferent()
    {
        // 24 values, and slots for all that is left after four results: what runs is not proposed again while there is something else.
        SweepDefinition definition = _tpe with { Space = Space(new IntParameter("x", 1, 24)), Configurations = 24, Sampler = Options(("startup", "1"), ("candidates", "1000")) };
        Sweep sweep = Start(definition, 4);
        for (int number = 1; number <= 4; number++)
            SearchPlay.Train(sweep, number, number);
        sweep.Apply(new CapacityChanged(Noon, 14));
        int[] running = [.. sweep.Active];
        Assert.Equal(14, running.Length);
        Assert.Distinct(running.Select(n => sweep.Experiments[n - 1].Configuration["x"]));
    }

    [Fact]
    public void Propose_HundredAndHundredThousandResults_ReadsAsMany()
    {
        int small = Reads(400);
        Assert.InRange(small, 200, 1000);
        Assert.Equal(small, Reads(100_000));
    }

    [Fact]
    public void Preview_Always_ListsTheRandomOnesAtTheStart()
    {
        SweepDefinition definition = _tpe with { Sampler = Options(("startup", "6")), Also = [Point(("x", "0.5"))] };
        Assert.Equal(6, definition.Preview().Count());
        Sweep sweep = Start(definition, 3);
        Play(sweep, x => x);
        Assert.Equal(definition.Preview(), sweep.Experiments.Take(6).Select(e => e.Configuration));
        Assert.Equal(51, sweep.Total);
    }

    [Theory]
    [MemberData(nameof(FaultyOptions))]
    public void Faults_OptionOutOfItsRange_IsNamedWithTheRange(string option, string value, string message)
    {
        SpecFault fault = Assert.Single((_tpe with { Sampler = Options((option, value)) }).Faults());
        Assert.Equal(($"sampler.{option}", message), (fault.Path, fault.Message));
    }

    private static SamplerChoice Options(params (string Name, string Value)[] options) =>
        new("tpe", options.ToImmutableSortedDictionary(o => o.Name, o => o.Value));

    private static Experiment Of(int number, ExperimentOutcome? outcome, double? score, int repeats = 1) => new()
    {
        Number = number,
        ConfigurationIndex = (number - 1) / repeats,
        Repeat = (number - 1) % repeats,
        Configuration = Point(("x", Numbers.Text(number / 10.0))),
        Seed = 1,
        Stage = outcome is null ? ExperimentStage.Running : ExperimentStage.Ended,
        Outcome = outcome,
        BestScore = score,
    };

    private static void Play(Sweep sweep, Func<double, double?> score, ExperimentOutcome without = ExperimentOutcome.Diverged)
    {
        while (!sweep.HasEnded)
        {
            Experiment next = sweep.Experiments[sweep.Active[0] - 1];
            sweep.Apply(Started(next.Number));
            double? value = score(Place(next));
            sweep.Apply(Ended(next.Number, value, value is null ? without : ExperimentOutcome.Completed));
        }
    }

    private static double Place(Experiment experiment) => double.Parse(experiment.Configuration["x"], CultureInfo.InvariantCulture);

    private static int Reads(int count)
    {
        CountedResults results = new(count);
        Assert.NotNull(new TpeSampler().Propose(_tpe, new SamplerState(SearchRandom.Seeded(1), []), results));
        return results.Reads;
    }

    /// <summary>As many results as one likes, and how often they were looked at.</summary>
    private sealed class CountedResults(int count) : IConfigurationResults
    {
        public int Reads { get; private set; }

        public int Count => count;

        public int Scored => count / 2;

        public int Failed => count - Scored;

        public IEnumerable<int> Best => Enumerable.Range(0, Scored).Select(Read);

        public Configuration this[int index] => Point(("x", Numbers.Text(Read(index) / (double)count)));

        public bool IsWithdrawn(int index) => Read(index) < 0;

        private int Read(int index)
        {
            Reads++;
            return index;
        }
    }
}
