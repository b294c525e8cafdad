namespace CatGan.Coordinator.Spec;

/// <summary>What is found wrong with a spec. A person reads some of it: no more than <see cref="Most"/> are kept, the others counted.</summary>
internal sealed class FaultList
{
    /// <summary>Faults that are told one by one.</summary>
    public const int Most = 100;

    private const int LongestMessage = 2000;
    private readonly HashSet<PlacedFault> told = [];
    private (int Line, int Column) rest;
    private long more;

    /// <summary>True when nothing is wrong.</summary>
    public bool IsEmpty => told.Count == 0;

    /// <summary>Adds a fault, unless it is there already.</summary>
    public void Add(PlacedFault fault) => Add(fault.Line, fault.Column, () => fault.Message);

    /// <summary>Adds faults.</summary>
    public void AddRange(IEnumerable<PlacedFault> faults)
    {
        foreach (PlacedFault fault in faults)
            Add(fault);
    }

    /// <summary>Adds a fault that is worded only when it is told.</summary>
    public void Add(int line, int column, Func<string> words)
    {
        if (told.Count < Most)
        {
            string message = words();
            told.Add(new(line, column, message.Length > LongestMessage ? message[..LongestMessage] + "…" : message));
            return;
        }
        rest = more++ == 0 ? (line, column) : rest;
    }

    /// <summary>Those that are told in the order of the text, and last how many more there are.</summary>
    public IReadOnlyList<PlacedFault> ToList()
    {
        IEnumerable<PlacedFault> all = told.OrderBy(f => f.Line).ThenBy(f => f.Column);
        return more == 0 ? [.. all] : [.. all, new(rest.Line, rest.Column, $"and {more:N0} more")];
    }
}
