using CatGan.Abstractions;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Spec;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>An old sweep's spec with values changed.</summary>
internal static class SweepClone
{
    /// <summary>The changed spec.</summary>
    /// <param name="store">The store.</param>
    /// <param name="sweep">Id of the old sweep.</param>
    /// <param name="settings">Values to change, each as <c>KEY=VALUE</c>; an empty value removes the key.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UserException">The spec is not there, or the changes make it a faulty one.</exception>
    public static async Task<SpecFile> SpecAsync(IBlobStore store, string sweep, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        string spec = await store.ReadTextAsync(StoreLayout.Spec(sweep), cancellationToken)
            ?? throw new UserException(ExitCode.NotFound, $"the spec of {sweep} is not in {store.Uri}");
        // First as it is: overrides trust that the text is bounded and a block of keys.
        _ = SpecFile.Read($"the spec of {sweep}", spec);
        return SpecFile.Read($"the spec of {sweep}, changed,", SpecOverrides.Apply(spec, settings));
    }
}
