namespace CatGan.Abstractions.Grains;

/// <summary>
/// The sweep cannot journal at the moment, so nothing was acknowledged. The same call may be made again: the next
/// activation reads the journal anew.
/// </summary>
[GenerateSerializer, Alias("catgan.SweepUnavailableException")]
public sealed class SweepUnavailableException : Exception
{
    /// <summary>With the usual message.</summary>
    public SweepUnavailableException()
        : this("The sweep cannot journal at the moment; try again.")
    {
    }

    /// <summary>With a message that says why.</summary>
    public SweepUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message that says why, and what led to it.</summary>
    public SweepUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
