namespace CatGan.Abstractions.Grains;

/// <summary>
/// The sweep's journal is damaged beyond what snapshots make good, so that the sweep does not go on. The message names
/// the blob, the fault and what to do.
/// </summary>
[GenerateSerializer, Alias("catgan.SweepDamagedException")]
public sealed class SweepDamagedException : Exception
{
    /// <summary>With the usual message.</summary>
    public SweepDamagedException()
        : this("The sweep's journal is damaged.")
    {
    }

    /// <summary>With a message that says what is damaged, and what to do.</summary>
    public SweepDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>With a message that says what is damaged and what to do, and what led to it.</summary>
    public SweepDamagedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
