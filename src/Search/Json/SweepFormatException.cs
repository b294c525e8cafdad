namespace CatGan.Search;

/// <summary>A text is not what it should be: torn, of another kind, or written by a newer version.</summary>
public sealed class SweepFormatException : FormatException
{
    /// <summary>With a message that says what and why.</summary>
    public SweepFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With a message that says what and why, and the cause.</summary>
    public SweepFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without a message.</summary>
    public SweepFormatException()
    {
    }
}
