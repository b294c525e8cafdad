using CatGan.Grains.Workers;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Grains.Tests.Workers;

public class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(new GrainsTiming { Time = _time });

    [Fact]
    public void Failed_ThreeDifferentExperiments_OpensForAMinute()
    {
        Assert.Null(_breaker.State);
        Assert.Null(_breaker.Failed("s", 1, "no kernel image"));
        Assert.Null(_breaker.Failed("s", 2, "no kernel image"));
        Assert.Equal(TimeSpan.FromMinutes(1), _breaker.Failed("t", 1, "device gone"));
        Assert.Equal((true, 3, "device gone"), (_breaker.State!.Open, _breaker.State.Failures, _breaker.State.Reason));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_breaker.State.Open);
    }

    [Fact]
    public void Failed_OneExperimentAgainAndAgain_StaysClosed()
    {
        for (int n = 0; n < 10; n++)
            Assert.Null(_breaker.Failed("s", 1, "no kernel image"));
    }

    [Fact]
    public void Failed_TheOneThatWasLetThrough_OpensForTwiceAsLongUpToHalfAnHour()
    {
        List<double> minutes = [];
        for (int n = 1; n <= 10; n++)
        {
            if (_breaker.Failed("s", n, "no kernel image") is not { } pause)
                continue;
            minutes.Add(pause.TotalMinutes);
            _time.Advance(pause);
            Assert.False(_breaker.State!.Open);
        }
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], minutes);
    }

    [Fact]
    public void Succeeded_AfterItWasOpen_ClosesAndStartsAnew()
    {
        Assert.False(_breaker.Succeeded());
        for (int n = 1; n <= 5; n++)
            _breaker.Failed("s", n, "no kernel image");
        Assert.True(_breaker.Succeeded());
        Assert.Null(_breaker.State);
        Assert.Null(_breaker.Failed("s", 1, "no kernel image"));
    }
}
