using CatGan.Grains;
using Microsoft.Extensions.Time.Testing;

namespace CatGan.Silo.Tests;

public class IdleWatchTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void IsOver_NothingToDoForLongEnough_SaysSo()
    {
        IdleWatch watch = new(new SiloActivity(new GrainsTiming { Time = _time }), _time, Enough);
        Assert.Equal(60, SecondsUntilOver(watch));
    }

    [Fact]
    public void IsOver_MachineSleptForHours_GivesSweepsTheirTimeAgain()
    {
        IdleWatch watch = new(new SiloActivity(new GrainsTiming { Time = _time }), _time, Enough);
        Assert.False(watch.IsOver());

        _time.Advance(TimeSpan.FromHours(5));

        Assert.False(watch.IsOver());
        Assert.Equal(60, SecondsUntilOver(watch));
    }

    private int SecondsUntilOver(IdleWatch watch)
    {
        int seconds = 0;
        while (!watch.IsOver())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }
        return seconds;
    }
}
