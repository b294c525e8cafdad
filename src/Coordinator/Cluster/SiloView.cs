namespace CatGan.Coordinator.Cluster;

/// <summary>A silo as the others see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">Address.</param>
/// <param name="GatewayPort">Port for clients.</param>
internal sealed record SiloView(string Name, string Host, int GatewayPort);
