namespace CatGan.Search;

/// <summary>How a recorded sweep would have gone under another pruner.</summary>
/// <param name="Images">Images that it would have trained.</param>
/// <param name="Seconds">Time from its start to its end.</param>
/// <param name="Completed">Experiments that would have trained to their ends.</param>
/// <param name="Winner">What would have won; null when nothing would have had a score.</param>
/// <param name="TrueWinner">What became of the configuration that won the recorded sweep; null when none did.</param>
public sealed record SimulatedSweep(long Images, double Seconds, int Completed, SimulatedWinner? Winner, TrueWinner? TrueWinner);

/// <summary>The configuration that would have won.</summary>
/// <param name="ConfigurationIndex">Its index in the recorded sweep.</param>
/// <param name="Label">What tells it from others.</param>
/// <param name="Score">The objective that it would have won with, the mean over its repeats.</param>
/// <param name="TruePlace">Its place in the recorded sweep, from 1; null when it has none there.</param>
public sealed record SimulatedWinner(int ConfigurationIndex, string Label, double Score, int? TruePlace);

/// <summary>The configuration that won the recorded sweep.</summary>
/// <param name="ConfigurationIndex">Its index.</param>
/// <param name="Label">What tells it from others.</param>
/// <param name="Score">The objective that it won with, the mean over its repeats.</param>
/// <param name="Killed">True when none of its repeats would have trained to its end.</param>
/// <param name="Images">Images that the repeat that got furthest would have trained.</param>
public sealed record TrueWinner(int ConfigurationIndex, string Label, double Score, bool Killed, long Images);
