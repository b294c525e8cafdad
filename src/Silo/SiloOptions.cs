namespace CatGan.Silo;

/// <summary>What a silo is told: by appsettings.json and environment (section <c>CatGan</c>), and above both by its command line.</summary>
internal sealed record SiloOptions
{
    /// <summary>URI of the store; default the folder <c>.catgan</c> here.</summary>
    public string Store { get; init; } = "file:./.catgan";

    /// <summary>Experiments on each device at once; null for one a GPU, or one a core where there is none. 0 trains nothing.</summary>
    public int? Slots { get; init; }

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; null for all GPUs, or the CPU where there is none.</summary>
    public string? Device { get; init; }

    /// <summary>A cluster of one on loopback ports, which tells the store how to reach it and ends when it has been idle.</summary>
    public bool Local { get; init; }

    /// <summary>Seconds without work or calls after which a local silo ends; 0 for never.</summary>
    public double IdleExit { get; init; } = 60;

    /// <summary>Port on which the silo answers health probes over plain HTTP; null for none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>What is wrong with the options, one sentence each.</summary>
    public IEnumerable<string> Faults()
    {
        if (Slots is < 0 or > 1024)
            yield return $"--slots is {Slots}, but must be from 0 to 1024";
        if (!(IdleExit >= 0))
            yield return $"--idle-exit is {IdleExit}, but must be 0 or more seconds";
        if (HealthPort is < 1 or > 65535)
            yield return $"--health-port is {HealthPort}, but must be from 1 to 65535";
    }
}
