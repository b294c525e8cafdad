namespace CatGan.Storage;

/// <summary>A file is not a sound safetensors file; the message says which and why.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>An error with its message.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and the failure below it.</summary>
    public SafetensorsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
