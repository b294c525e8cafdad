namespace CatGan.Search.Tests;

/// <summary>What dies right after an event became durable and before anything was done about it.</summary>
internal enum Crash
{
    /// <summary>The sweep's activation: memory and actions are lost, the caller gets no answer, attempts train on.</summary>
    Sweep,

    /// <summary>Everything: attempts and the pool's queue too.</summary>
    Everything,

    /// <summary>The silos with the attempts; the sweep lives.</summary>
    Silos,

    /// <summary>The network to the silos: attempts are given up, but train on and report.</summary>
    Network,
}
