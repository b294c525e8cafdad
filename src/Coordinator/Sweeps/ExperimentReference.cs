using System.Globalization;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Sweeps;

/// <summary>An experiment as a person names it: <c>SWEEP/N</c>.</summary>
/// <param name="Sweep">What stands before the slash: an id, the beginning of one, or <c>last</c>.</param>
/// <param name="Number">Its number.</param>
internal sealed record ExperimentReference(string Sweep, int Number)
{
    /// <summary>Reads <c>SWEEP/N</c>.</summary>
    /// <exception cref="UserException">It is not of that form.</exception>
    public static ExperimentReference Parse(string typed)
    {
        int slash = typed.LastIndexOf('/');
        return slash > 0 && int.TryParse(typed.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new(typed[..slash], number)
            : throw new UserException(ExitCode.BadInput, $"{typed} names no experiment", "write SWEEP/N, such as last/3");
    }
}
