using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>What came of reading a spec.</summary>
/// <param name="Definition">The sweep; null when there are faults.</param>
/// <param name="Faults">What is wrong, in the order of the file; of very much the first of it, and last how much more there is.</param>
/// <param name="Places">Where its parts stand, for faults that only the store can tell.</param>
internal sealed record SpecReading(SweepDefinition? Definition, IReadOnlyList<PlacedFault> Faults, SpecPlaces Places);
