namespace CatGan.Coordinator.Serve.Security.OpenId;

/// <summary>What is wrong with the provider or with a token, in words that may be told to whoever asks.</summary>
internal sealed class OpenIdException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when the provider is at fault, not who asks.</summary>
    public bool IsProviders { get; init; }

    /// <summary>True when it is known who asks, and they may nothing here.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>What to do about it.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The worded fault that an exception is, or came of; null for none.</summary>
    public static OpenIdException? Within(Exception? exception)
    {
        while (exception is not (null or OpenIdException))
            exception = exception.InnerException;
        return (OpenIdException?)exception;
    }
}
