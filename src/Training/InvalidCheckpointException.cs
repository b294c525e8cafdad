namespace CatGan.Training;

/// <summary>A checkpoint is torn, of another kind, or belongs to another experiment; the message says which and names what differs.</summary>
public sealed class InvalidCheckpointException : Exception
{
    /// <summary>Made by the runtime's conventions only.</summary>
    public InvalidCheckpointException()
    {
    }

    /// <summary>Says what is wrong with the checkpoint.</summary>
    public InvalidCheckpointException(string message) : base(message)
    {
    }

    /// <summary>Says what is wrong with the checkpoint, and what reading it threw.</summary>
    public InvalidCheckpointException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
