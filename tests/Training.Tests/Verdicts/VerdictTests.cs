using CatGan.Training.Verdicts;

namespace CatGan.Training.Tests.Verdicts;

public sealed class VerdictTests
{
    private static readonly Evidence s_healthy = new(100_000, 2_000, Young: false, LossD: 0.8, LossG: 1.5, AtBound: null, Swd: 50, Size: new(256, 32), MsSsim: 0.3, MsSsimOfReals: 0.25);

    [Fact]
    public void DiscriminatorWon_NoLossAndNoProgress_IsStuckWithTheFigures()
    {
        Evidence won = s_healthy with { LossD = 1e-5, LossG = 27.6, Swd = 55 };

        string? reason = new DiscriminatorWon().Judge(Log(s_healthy, won, won, won, won));

        Assert.Contains("1E-05", reason, StringComparison.Ordinal);
        Assert.Contains("27.6", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DiscriminatorWon_PicturesImprove_IsSilent()
    {
        Evidence won = s_healthy with { LossD = 1e-5, LossG = 27.6 };

        Assert.Null(new DiscriminatorWon().Judge(Log(s_healthy, won, won with { Swd = 40 }, won, won)));
    }

    [Fact]
    public void DiscriminatorWon_GeneratorFightsBack_IsSilent()
    {
        Evidence won = s_healthy with { LossD = 1e-4, Swd = 55 };

        Assert.Null(new DiscriminatorWon().Judge(Log(s_healthy, won with { LossG = 5 }, won with { LossG = 9 }, won with { LossG = 6 }, won with { LossG = 11 })));
    }

    [Fact]
    public void CriticAtBound_AllWeightsAtTheClip_IsStuckOnlyWithoutProgress()
    {
        Evidence clipped = s_healthy with { AtBound = 0.995, Swd = 55 };

        Assert.Contains("99.5", new CriticAtBound().Judge(Log(s_healthy, clipped, clipped, clipped, clipped)), StringComparison.Ordinal);
        Assert.Null(new CriticAtBound().Judge(Log(s_healthy, clipped, clipped, clipped, clipped with { Swd = 30 })));
        Assert.Null(new CriticAtBound().Judge(Log(s_healthy, clipped, clipped, clipped, clipped with { AtBound = 0.7 })));
    }

    [Fact]
    public void CriticSilent_NoDifferenceSeen_IsStuck()
    {
        Evidence silent = s_healthy with { LossD = 1e-9, Swd = 55 };

        Assert.NotNull(new CriticSilent().Judge(Log(s_healthy, silent, silent, silent, silent)));
        Assert.Null(new CriticSilent().Judge(Log(s_healthy, silent, silent, silent, silent with { LossD = -1e-3 })));
    }

    [Fact]
    public void Collapsed_FakesFarMoreAlikeThanReals_IsFlagged()
    {
        Evidence alike = s_healthy with { MsSsim = 0.9 };

        Assert.Contains("0.90", new Collapsed().Judge(Log(alike, alike, alike, alike, alike)), StringComparison.Ordinal);
        Assert.Null(new Collapsed().Judge(Log(alike, alike, alike, alike, s_healthy)));
        Assert.Null(new Collapsed().Judge(Log(alike, alike, alike, alike, alike with { Swd = 30 })));
    }

    [Fact]
    public void Verdicts_YoungOrHealthyRun_AreSilent()
    {
        Evidence bad = s_healthy with { LossD = 0, LossG = 100, AtBound = 1, MsSsim = 1, Swd = 500 };
        Evidence young = bad with { Young = true };
        IVerdict[] all = [new DiscriminatorWon(), new CriticAtBound(), new CriticSilent(), new Collapsed()];

        Assert.All(all, v => Assert.NotNull(v.Judge(Log(bad, bad, bad, bad, bad))));
        Assert.All(all, v => Assert.Null(v.Judge(Log(young, young, young, young, young))));
        Assert.All(all, v => Assert.Null(v.Judge(Log(s_healthy, s_healthy, s_healthy, s_healthy, s_healthy))));
    }

    [Fact]
    public void Verdicts_FullScoresAmongQuickOnes_AreHeldAgainstTheirOwnKind()
    {
        Evidence bad = s_healthy with { LossD = 0, LossG = 100, AtBound = 1, MsSsim = 1 };
        Evidence[] better = [.. Enumerable.Range(0, 8).Select(i => bad with { Swd = 50 - (2 * i) })];
        Evidence full = bad with { Swd = 10, Size = new(2048, 64) };
        IVerdict[] all = [new DiscriminatorWon(), new CriticAtBound(), new CriticSilent(), new Collapsed()];

        Assert.All(all, v => Assert.Null(v.Judge(Log([better[0], full, .. better[1..]]))));
        Assert.All(all, v => Assert.Null(v.Judge(Log(bad, bad, bad, full, bad, full)))); // two of four have nothing before them
        Assert.All(all, v => Assert.NotNull(v.Judge(Log(bad, bad, full, bad, bad))));
        Assert.All(all, v => Assert.NotNull(v.Judge(Log(full, full, full, full, full))));
    }

    private static EvidenceLog Log(params Evidence[] reports)
    {
        EvidenceLog log = new();
        foreach (Evidence report in reports)
            log.Add(report);
        return log;
    }
}
