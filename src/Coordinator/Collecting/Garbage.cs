namespace CatGan.Coordinator.Collecting;

/// <summary>Something in a store that nobody owns.</summary>
/// <param name="Kind">What it is, for people.</param>
/// <param name="Name">Its name in the store.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="LastModified">When it was last written.</param>
/// <param name="Leftover">True for what a killed process was writing, which is no blob.</param>
internal sealed record Garbage(string Kind, string Name, long Bytes, DateTimeOffset LastModified, bool Leftover = false);
