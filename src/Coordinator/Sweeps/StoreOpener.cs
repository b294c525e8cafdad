using CatGan.Coordinator.App;
using CatGan.Storage;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Opens the store that a person named.</summary>
internal static class StoreOpener
{
    private const string FileScheme = "file:";

    /// <summary>The store's address with folders made absolute, so that another process finds the same one.</summary>
    public static string Absolute(Surroundings surroundings, string typed)
    {
        if (typed.StartsWith(FileScheme, StringComparison.Ordinal))
            return FileScheme + surroundings.Path(typed[FileScheme.Length..]);
        return typed.Contains(':') ? typed : FileScheme + surroundings.Path(typed);
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="UserException">The address is none of a store.</exception>
    public static IBlobStore Open(Surroundings surroundings, string typed)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(typed))
                throw new ArgumentException("it is empty");
            return BlobStores.Open(Absolute(surroundings, typed), surroundings.Time);
        }
        catch (Exception e) when (e is BlobStoreException or ArgumentException)
        {
            throw new UserException(
                ExitCode.BadInput,
                $"--store is `{typed}`, which cannot be opened: {e.Message}",
                "give a folder, file:PATH, azure:CONTAINER or the https address of a container");
        }
    }
}
