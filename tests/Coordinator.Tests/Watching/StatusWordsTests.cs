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
        Assert.Equal(TimeSpan.FromSeconds(5), StatusWords.Left(Statuses.Of(
            SweepPhase.Running, Statuses.Ended(1, Outcome.Diverged), Statuses.Running(2, 500, speed: 100))));

    [Fact]
    public void Left_NothingMoves_IsUnknown() => Assert.Null(StatusWords.Left(Statuses.Of(SweepPhase.Running, Statuses.Running(1, 500, speed: 0))));

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

    private static string Render(Spectre.Console.Rendering.IRenderable renderable)
    {
        StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 160;
        console.Write(renderable);
        return writer.ToString();
    }
}
