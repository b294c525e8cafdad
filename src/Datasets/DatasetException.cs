namespace CatGan.Datasets;

/// <summary>A data set that cannot be named, found, read or made; the message says why and what to do next.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>Creates the exception with a message for a person.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for a person and what lies behind it.</summary>
    public DatasetException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public DatasetException()
    {
    }
}
