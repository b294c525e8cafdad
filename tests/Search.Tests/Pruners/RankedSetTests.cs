using CatGan.Search.Pruners;
using CsCheck;

namespace CatGan.Search.Tests;

public sealed class RankedSetTests
{
    [Fact]
    public void AddAndRemove_AnyOrder_RanksAsASortedListDoes() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 40], Gen.Bool).Array[0, 200].Sample(steps =>
        {
            RankedSet ranked = new();
            SortedSet<Place> sorted = [];
            foreach ((int badness, int number, bool add) in steps)
            {
                Place place = badness == 5 ? Place.Worst(number) : new(badness, number);
                if (add && sorted.Add(place))
                    ranked.Add(place);
                else if (!add)
                {
                    sorted.Remove(place);
                    ranked.Remove(place);
                }
            }
            Place[] expected = [.. sorted];
            Assert.Equal(expected, Enumerable.Range(0, ranked.Count).Select(i => ranked[i]));
            Assert.All(expected, (place, rank) => Assert.Equal(rank, ranked.Rank(place)));
            Assert.Equal(expected.Count(p => p.Badness < 3), ranked.Rank(new Place(3, 0)));
        });

    [Fact]
    public void Rank_RisingScores_NeedsNoDeepTree()
    {
        // Sorted input makes a plain tree a list, whose recursion would end the process long before a million.
        RankedSet ranked = new();
        for (int number = 1; number <= 200_000; number++)
            ranked.Add(new Place(number, number));
        Assert.Equal((199_999, 77_777), (ranked.Rank(new Place(200_000, 200_000)), ranked[77_776].Number));
    }
}
