namespace CatGan.Storage;

/// <summary>
/// A store could not do what was asked: the disk is full, the folder is read-only, the account does not
/// answer, a name or URI is wrong. The message says what was tried, on what, and what to do; it is fit to be
/// shown to a person as it is.
/// </summary>
public sealed class BlobStoreException : Exception
{
    /// <summary>An error with its message.</summary>
    public BlobStoreException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and the failure below it.</summary>
    public BlobStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
