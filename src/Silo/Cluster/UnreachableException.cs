namespace CatGan.Silo.Cluster;

/// <summary>Something that the silo cannot do without does not answer; it may do so later.</summary>
internal sealed class UnreachableException(string message, Exception? inner = null) : Exception(message, inner);
