namespace CatGan.Silo.Cluster;

/// <summary>What the process will leave to whoever started it.</summary>
internal sealed class Ending
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int Code { get; private set; } = ExitCodes.Done;

    /// <summary>True once the cluster no longer knows this silo.</summary>
    public bool Expelled => Code == ExitCodes.Expelled;

    /// <summary>Notes that a fresh silo must take this one's place.</summary>
    public void Expel() => Code = ExitCodes.Expelled;
}
