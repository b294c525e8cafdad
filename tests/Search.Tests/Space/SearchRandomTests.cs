using CsCheck;

namespace CatGan.Search.Tests;

public sealed class SearchRandomTests
{
    [Fact]
    public void NextBits_StateZero_IsSplitMix64()
    {
        // First three outputs of Vigna's splitmix64.c from x = 0.
        SearchRandom random = new(0);
        Assert.Equal(0xE220A8397B1DCDAF, random.NextBits());
        Assert.Equal(0x6E789E6AA1B965F4ul, random.NextBits());
        Assert.Equal(0x06C45D188009454Ful, random.NextBits());
    }

    [Fact]
    public void NextBits_FromASavedState_GoesOnTheSame() => Gen.ULong.Sample(seed =>
    {
        SearchRandom random = new(seed);
        random.NextBits();
        SearchRandom restored = new(random.State);
        return random.NextBits() == restored.NextBits();
    });

    [Fact]
    public void Below_AnyBound_StaysBelow() => Gen.Select(Gen.ULong, Gen.Long[1, long.MaxValue]).Sample((seed, bound) =>
        new SearchRandom(seed).Below(bound) is >= 0 and var value && value < bound);

    [Fact]
    public void Below_Six_IsAFairDie()
    {
        int[] counts = new int[6];
        SearchRandom random = SearchRandom.Seeded(1);
        for (int i = 0; i < 60_000; i++)
            counts[random.Below(6)]++;
        // 10,000 each expected with a standard deviation of sqrt(60,000 * 1/6 * 5/6) = 91; five of those allowed.
        Assert.All(counts, c => Assert.InRange(c, 9_545, 10_455));
    }

    [Fact]
    public void ExperimentSeed_ManyNumbersAndSweeps_NeverTwice()
    {
        IEnumerable<long> seeds = Enumerable.Range(0, 50).SelectMany(s => Enumerable.Range(1, 1000).Select(n => SearchRandom.ExperimentSeed(s, n)));
        HashSet<long> distinct = [.. seeds];
        Assert.Equal(50_000, distinct.Count);
        Assert.All(distinct, s => Assert.InRange(s, 0, (1L << 53) - 1));
    }
}
