using System.Runtime.CompilerServices;
using CatGan.Coordinator.Serve.Live;

namespace CatGan.Coordinator.Serve.Pages.Data;

/// <summary>What matters in a sweep, worked out once for all who look at one moment of it.</summary>
internal sealed class ImportanceBook
{
    private readonly ConditionalWeakTable<SweepView, IReadOnlyList<Importance>> known = [];

    /// <summary>All parameters that differ, the most telling first.</summary>
    public IReadOnlyList<Importance> Of(SweepView view) => known.GetValue(view, Importance.Of);
}
