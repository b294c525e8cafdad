namespace CatGan.Training.Native;

/// <summary>This machine computes wrongly; what it trained would be worth nothing.</summary>
public sealed class UnsoundMachineException : Exception
{
    /// <inheritdoc cref="Exception(string, Exception)"/>
    public UnsoundMachineException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
