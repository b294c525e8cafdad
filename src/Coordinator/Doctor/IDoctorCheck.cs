using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Doctor;

/// <summary>One thing that <c>catgan doctor</c> looks at. It words whatever fails as a finding and throws nothing.</summary>
internal interface IDoctorCheck
{
    /// <summary>Looks.</summary>
    IAsyncEnumerable<Finding> LookAsync(Patient patient, CancellationToken cancellationToken);
}

/// <summary>What the doctor looks at.</summary>
/// <param name="Surroundings">This machine, and the cluster that was named.</param>
/// <param name="StoreUri">The store, absolute.</param>
internal sealed record Patient(Surroundings Surroundings, string StoreUri);
