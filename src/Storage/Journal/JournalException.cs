namespace CatGan.Storage;

/// <summary>A journal is damaged beyond what snapshots make good; the message names the blob and the fault.</summary>
public sealed class JournalException : Exception
{
    /// <summary>An error with its message.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and the failure below it.</summary>
    public JournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
