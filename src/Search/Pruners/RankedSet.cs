namespace CatGan.Search.Pruners;

/// <summary>
/// Places in order, with the rank of a place and the place of a rank in expected logarithmic time: a treap (Seidel and
/// Aragon 1996) that counts. Its priorities are a hash of the experiments' numbers, so that the same places always make
/// the same tree.
/// </summary>
internal sealed class RankedSet
{
    private Node? _root;

    /// <summary>Places in it.</summary>
    public int Count => CountOf(_root);

    /// <summary>The place of this rank, from 0.</summary>
    public Place this[int rank]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(rank);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, Count);
            Node node = _root!;
            while (CountOf(node.Left) is var left && left != rank)
            {
                node = (rank < left ? node.Left : node.Right)!;
                rank -= rank < left ? 0 : left + 1;
            }
            return node.Place;
        }
    }

    /// <summary>How many places come before this one, which need not be there.</summary>
    public int Rank(Place place)
    {
        int rank = 0;
        for (Node? node = _root; node is not null;)
        {
            if (place.CompareTo(node.Place) <= 0)
            {
                node = node.Left;
                continue;
            }
            rank += CountOf(node.Left) + 1;
            node = node.Right;
        }
        return rank;
    }

    /// <summary>Adds a place that is not there.</summary>
    public void Add(Place place)
    {
        (Node? before, Node? after) = Split(_root, place);
        _root = Join(Join(before, new Node(place)), after);
    }

    /// <summary>Takes a place out; nothing happens where it is not there.</summary>
    public void Remove(Place place)
    {
        (Node? before, Node? rest) = Split(_root, place);
        (Node? _, Node? after) = Split(rest, new Place(place.Badness, place.Number + 1));
        _root = Join(before, after);
    }

    /// <summary>What comes before a place, and the rest with it.</summary>
    private static (Node? Before, Node? After) Split(Node? node, Place place)
    {
        if (node is null)
            return (null, null);
        if (node.Place.CompareTo(place) < 0)
        {
            (node.Right, Node? rest) = Split(node.Right, place);
            return (node.Counted(), rest);
        }
        (Node? before, node.Left) = Split(node.Left, place);
        return (before, node.Counted());
    }

    private static Node? Join(Node? before, Node? after)
    {
        if (before is null || after is null)
            return before ?? after;
        if (before.Priority > after.Priority)
        {
            before.Right = Join(before.Right, after);
            return before.Counted();
        }
        after.Left = Join(before, after.Left);
        return after.Counted();
    }

    private static int CountOf(Node? node) => node?.Count ?? 0;

    private sealed class Node(Place place)
    {
        public Place Place { get; } = place;

        public ulong Priority { get; } = SearchRandom.Seeded(place.Number).State;

        public Node? Left { get; set; }

        public Node? Right { get; set; }

        public int Count { get; private set; } = 1;

        public Node Counted()
        {
            Count = CountOf(Left) + CountOf(Right) + 1;
            return this;
        }
    }
}
