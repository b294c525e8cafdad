using System.Text;
using static CatGan.Search.Tests.TestDefinitions;

namespace CatGan.Search.Tests;

/// <summary>What becomes of experiments whose attempts are lost: suspects, verdicts, neighbours.</summary>
public sealed class LossRuleTests
{
    private static readonly SweepDefinition One = Small with { Configurations = 1 };

    [Fact]
    public void Apply_TwoLostWorkersWithoutACheckpoint_NextAttemptIsAlone()
    {
        Sweep sweep = Start(One);
        Assert.Equal([new StartExperiment(1, 2)], Lose(sweep, 1));
        Assert.Equal([new StartExperiment(1, 3, Alone: true)], Lose(sweep, 2));
        Assert.Equal([new StartExperiment(1, 3, Alone: true)], sweep.Pending());
        Assert.Equal(2, sweep.Experiments[0].LossesInARow);
    }

    [Fact]
    public void Apply_NewCheckpoint_ClearsTheSuspicionAtOnce()
    {
        Sweep sweep = Start(One);
        Lose(sweep, 1);
        Lose(sweep, 2);
        sweep.Apply(Begun(3, alone: true));
        Assert.True(sweep.Experiments[0].Alone);
        sweep.Apply(Saved(1, 250, 3));
        Assert.False(sweep.Experiments[0].Alone);
        Assert.Equal([new StartExperiment(1, 4)], sweep.Apply(Gone(3)));
    }

    [Fact]
    public void Apply_ThreeLoneLosses_FailsWithAttemptsWorkersAndTimes()
    {
        Sweep sweep = Start(One);
        Lose(sweep, 1);
        Lose(sweep, 2);
        Lose(sweep, 3, alone: true);
        Lose(sweep, 4, alone: true);
        Assert.Equal([new FinishSweep()], Lose(sweep, 5, alone: true));
        Experiment failed = sweep.Experiments[0];
        Assert.Equal(ExperimentOutcome.Failed, failed.Outcome);
        Assert.Equal(
            "its worker was lost 5 times without a checkpoint in between, 3 times while nothing else ran on its silo: "
            + string.Join(", ", Enumerable.Range(1, 5).Select(n => $"attempt {n} on w{n}/cpu/0 from 2026-01-01 12:00:00 to 12:00:00 UTC"))
            + "; of the last one: its worker was lost",
            failed.Reason);
    }

    [Fact]
    public void Apply_NeighboursThatDiedWithIt_AreNeverCharged()
    {
        // 1 takes the silo down whenever it runs; 2 dies with it, however often, and only ever becomes a suspect.
        Sweep sweep = Start(Small, 2);
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            foreach (int number in (int[])[1, 2])
                sweep.Apply(new AttemptStarted(Noon, number, epoch, "w/cpu/0"));
            foreach (int number in (int[])[1, 2])
                sweep.Apply(new AttemptLost(Noon, number, epoch, LossRule.WorkerLost, LossCause.WorkerLost));
        }
        Assert.All(sweep.Experiments, e => Assert.Equal((ExperimentStage.Offered, true), (e.Stage, e.Alone)));
    }

    [Fact]
    public void Apply_AttemptsThatLeftInOrder_SayNothing()
    {
        Sweep sweep = Start(One);
        Lose(sweep, 1);
        sweep.Apply(Begun(2));
        Assert.Equal([new StartExperiment(1, 3)], sweep.Apply(new AttemptLost(Noon, 1, 2, "handed back", LossCause.Left)));
        Assert.Equal([new StartExperiment(1, 4, Alone: true)], Lose(sweep, 3));
    }

    [Fact]
    public void Apply_AttemptThrew_IsTriedOnceMoreElsewhereThenFails()
    {
        Sweep sweep = Start(One);
        Assert.Equal([new StartExperiment(1, 2, Avoid: "w1/cpu/0")], Throw(sweep, 1));
        Throw(sweep, 2);
        Assert.Equal(ExperimentOutcome.Failed, sweep.Experiments[0].Outcome);
        Assert.StartsWith("no kernel image (tried 2 times: attempt 1 on w1/cpu/0", sweep.Experiments[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ThrewAgainAfterANewCheckpoint_IsTriedOnceMore()
    {
        Sweep sweep = Start(One);
        Throw(sweep, 1);
        sweep.Apply(Begun(2));
        sweep.Apply(Saved(1, 250, 2));
        sweep.Apply(new AttemptLost(Noon, 1, 2, "no kernel image", LossCause.Failed));
        Assert.Equal(ExperimentStage.Offered, sweep.Experiments[0].Stage);
        Throw(sweep, 3);
        Assert.Equal(ExperimentOutcome.Failed, sweep.Experiments[0].Outcome);
        Assert.Contains("tried 2 times: attempt 2 on w2/cpu/0", sweep.Experiments[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_StoreNeverGivesWhatItNeeds_FailsAfterTenAttempts()
    {
        Sweep sweep = Start(One);
        for (int epoch = 1; epoch <= LossRule.MostStoreFailures; epoch++)
        {
            Assert.Equal(ExperimentStage.Offered, sweep.Experiments[0].Stage);
            sweep.Apply(Begun(epoch));
            sweep.Apply(new AttemptLost(Noon, 1, epoch, "the store failed: no answer", LossCause.StoreFailed));
        }
        Assert.Equal("10 attempts were lost without a checkpoint in between; of the last one, the store failed: no answer", sweep.Experiments[0].Reason);
    }

    [Fact]
    public void Apply_JournalOlderThanTheCause_ReadsOnAfterAnyNumberOfLosses()
    {
        // Lines as they were written before there were causes and lone attempts.
        Sweep sweep = Start(One);
        for (int epoch = 1; epoch <= 10; epoch++)
        {
            Apply(sweep, $$"""{"type":"attempt_started","epoch":{{epoch}},"number":1,"worker":"w/cpu/0","at":"2026-01-01T12:00:00+00:00"}""");
            Apply(sweep, $$"""{"type":"attempt_lost","reason":"its worker was lost: no sign of life","epoch":{{epoch}},"number":1,"at":"2026-01-01T12:00:00+00:00"}""");
        }
        Assert.Equal((ExperimentStage.Offered, 10), (sweep.Experiments[0].Stage, sweep.Experiments[0].LossesInARow));
    }

    [Fact]
    public void Snapshot_LoneAttemptsAndCauses_AreRestored()
    {
        Sweep sweep = Start(One);
        Lose(sweep, 1);
        Lose(sweep, 2);
        sweep.Apply(Begun(3, alone: true));
        Sweep restored = Sweep.Restore(sweep.Snapshot());
        Assert.Equal(sweep.Snapshot(), restored.Snapshot());
        Assert.True(restored.Experiments[0].Attempts[2].Alone);
        Assert.Equal(2, restored.Experiments[0].LossesInARow);
    }

    private static AttemptStarted Begun(int epoch, bool alone = false) => new(Noon, 1, epoch, $"w{epoch}/cpu/0", alone);

    private static AttemptLost Gone(int epoch) => new(Noon, 1, epoch, LossRule.WorkerLost, LossCause.WorkerLost);

    private static IReadOnlyList<SweepAction> Lose(Sweep sweep, int epoch, bool alone = false)
    {
        sweep.Apply(Begun(epoch, alone));
        return sweep.Apply(Gone(epoch));
    }

    private static IReadOnlyList<SweepAction> Throw(Sweep sweep, int epoch)
    {
        sweep.Apply(Begun(epoch));
        return sweep.Apply(new AttemptLost(Noon, 1, epoch, "no kernel image", LossCause.Failed));
    }

    private static void Apply(Sweep sweep, string line) => sweep.Apply(SweepEvents.Read(Encoding.UTF8.GetBytes(line)));
}
