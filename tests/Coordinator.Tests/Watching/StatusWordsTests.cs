using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Coordinator.Watching;
using Spectre.Console;

namespace CatGan.Coordinator.Tests.Watching;

public class StatusWordsTests
{
    [Fact]
    public void Left_OneEndedOneHalfWay_CountsOnlyWhatIsOpen() =>
        Assert.Equal(TimeSpan.FromSeconds(5), TimeLeft.Of(Statuses.Of(
            SweepPhase.Running, Statuses.Ended(1, Outcome.Diverged), Statuses.Running(2, 500, speed: 100))));

    [Theory]
    [InlineData(250, 1000, 5, null, 0.25)]
    [InlineData(250, 1000, 5, 10, 0.5)]
    [InlineData(750, 1000, 5, 10, 0.75)]
    [InlineData(750, 1_000_000_000_000, 5, 10, 0.5)]
    [InlineData(750, 1_000_000_000_000, 50, 10, 1.0)]
    [InlineData(750, 1_000_000_000_000, 5, null, null)]
    public void Share_OfTwoBudgets_IsOfTheOneThatIsUsedUpFirst(long images, long budget, double seconds, int? time, double? expected) =>
        Assert.Equal(expected, StatusWords.Share(images, budget, seconds, time is { } limit ? TimeSpan.FromSeconds(limit) : null));

    [Fact]
    public void Left_NothingMoves_IsUnknown() => Assert.Null(TimeLeft.Of(Statuses.Of(SweepPhase.Running, Statuses.Running(1, 500, speed: 0))));

    [Theory]
    [InlineData(1000, 60, 5)]
    [InlineData(1000, 3, 3)]
    [InlineData(1_000_000_000_000, 60, 60)]
    public void Left_BudgetOfTime_IsTheSmallerOfTheTwo(long images, int seconds, int expected)
    {
        ExperimentStatus half = Statuses.Running(2, 500, speed: 100) with { BudgetImages = images };
        SweepStatus status = Statuses.Of(SweepPhase.Running, Statuses.Ended(1, Outcome.Completed) with { BudgetImages = images }, half);
        Assert.Equal(TimeSpan.FromSeconds(expected), TimeLeft.Of(status with { BudgetTime = TimeSpan.FromSeconds(seconds) }));
    }

    [Fact]
    public void Left_TwoRunningTwoWaiting_IsWhatTheSlotsNeedOneAfterAnother()
    {
        // (60 - 50) + (60 - 30) + 60 + 60 = 160 s of training on two slots.
        ExperimentStatus[] experiments =
        [
            Statuses.Running(1, 5) with { Seconds = 50 }, Statuses.Running(2, 5) with { Seconds = 30 }, Statuses.Experiment(3), Statuses.Experiment(4),
        ];
        SweepStatus status = Statuses.Of(SweepPhase.Running, [.. experiments.Select(Unlimited)]) with { BudgetTime = TimeSpan.FromSeconds(60) };
        Assert.Equal(TimeSpan.FromSeconds(80), TimeLeft.Of(status));
        Assert.Equal(TimeSpan.FromSeconds(80), TimeLeft.Of(status with { Experiments = status.Experiments[..3] }));
    }

    [Fact]
    public async Task Views_NoLimitInImages_NeverShowTheNumberThatStandsForIt()
    {
        SweepStatus status = Statuses.Of(SweepPhase.Paused, Unlimited(Statuses.Running(1, 500)) with { Seconds = 20 }) with { BudgetTime = TimeSpan.FromSeconds(60) };
        StringWriter plain = new();
        await new PlainView(plain, plain, TimeProvider.System).ShowAsync(new[] { status }.ToAsyncEnumerable());
        string json = JsonView.Write(status);
        Assert.Contains("running at 500 images, no limit in images, 20 s of 1 min 00 s", plain.ToString());
        Assert.Contains("\"budget_seconds\":60", json);
        Assert.All([plain.ToString(), json, string.Join(' ', StatusPage.Lines(status)), Render(StatusTable.Build(status, 5))], text => Assert.DoesNotMatch("000,?000,?000", text));
        Assert.DoesNotContain("budget_images", json);
        Assert.Contains("\"budget_images\":1000", JsonView.Write(Statuses.Of(SweepPhase.Running, Statuses.Running(1, 500))));
    }

    [Theory]
    [InlineData(500, "500 of 1,000 images")]
    [InlineData(1000, "1,000 of 1,000 images")]
    [InlineData(1008, "1,008 images (the budget of 1,000 in whole batches)")]
    public void Progress_PastTheBudget_SaysThatBatchesAreWhole(long images, string expected) =>
        Assert.Equal(expected, StatusWords.Progress(Statuses.Running(1, images), null));

    [Theory]
    [InlineData(SweepPhase.Running, "waiting again", "1 running on 2 slots, 1 waiting again, 1 not begun")]
    [InlineData(SweepPhase.Paused, "paused", "1 running on 2 slots, 1 paused, 1 not begun")]
    public void Summary_UnfinishedSweep_TellsWhatWasBegunFromWhatWasNot(SweepPhase phase, string state, string expected)
    {
        ExperimentStatus begun = Statuses.Experiment(1, 300) with { Attempts = 1 };
        Assert.Equal((state, "waiting"), (StatusWords.State(begun, phase), StatusWords.State(Statuses.Experiment(3), phase)));
        Assert.Contains(expected, StatusWords.Summary(Statuses.Of(phase, begun, Statuses.Running(2, 5), Statuses.Experiment(3))));
    }

    [Fact]
    public void Parameters_PresetSameEverywhere_IsStillNamed()
    {
        ExperimentStatus[] both = [Statuses.Experiment(2), Statuses.Experiment(3)];
        SweepStatus status = Statuses.Of(SweepPhase.Running, both);
        Assert.Equal(["wgan lr=2e-4", "wgan lr=3e-4"], both.Select(e => StatusWords.Parameters(e, StatusWords.Varying(status))));
    }

    [Fact]
    public void Parameters_SameEverywhere_AreLeftOut()
    {
        SweepStatus status = Statuses.Of(SweepPhase.Running, Statuses.Experiment(1), Statuses.Experiment(2));
        Assert.Equal("wgan lr=2e-4", StatusWords.Parameters(status.Experiments[1], StatusWords.Varying(status)));
    }

    [Theory]
    [InlineData(0.042137, "0.04214")]
    [InlineData(12345.6, "12,346")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(null, "")]
    public void Score_AnyNumber_HasFewFigures(double? value, string expected) => Assert.Equal(expected, StatusWords.Score(value));

    [Theory]
    [InlineData(12, "12 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 05 min")]
    public void Time_AnyLength_IsShort(int seconds, string expected) => Assert.Equal(expected, StatusWords.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Table_MoreThanFits_ShowsTheRunningOnesAndCountsTheRest()
    {
        SweepStatus status = Statuses.Of(
            SweepPhase.Running,
            Statuses.Ended(1, Outcome.Completed, 0.25),
            Statuses.Ended(2, Outcome.Diverged, reason: "loss_d is NaN [at 64]"),
            Statuses.Running(3, 250, score: 0.5),
            Statuses.Experiment(4));
        string text = Render(StatusTable.Build(status, rows: 3));
        Assert.Matches(@"1 .*dcgan lr=1e-4 .*completed .*0\.25 \*", text);
        Assert.Matches(@"3 .*running .*████░+ 25% .*100", text);
        Assert.Contains("loss_d is NaN [at 64]", text);
        Assert.Contains("and 1 more", text);
        Assert.Contains("best swd 0.25 (experiment 1)", text);
    }

    private static ExperimentStatus Unlimited(ExperimentStatus experiment) => experiment with { BudgetImages = 1_000_000_000_000 };

    private static string Render(Spectre.Console.Rendering.IRenderable renderable)
    {
        StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 160;
        console.Write(renderable);
        return writer.ToString();
    }

    [Fact]
    public void Json_OfAScoreThatIsNoNumber_SaysSoAndIsReadAgain()
    {
        SweepStatus status = Statuses.Of(SweepPhase.Running, Statuses.Running(1, 100, score: double.NaN));
        string written = JsonView.Write(status);
        Assert.Contains("\"score\":\"NaN\"", written);
        Assert.Equal(double.NaN, JsonView.Read(written).Experiments[0].Score);
    }
}
