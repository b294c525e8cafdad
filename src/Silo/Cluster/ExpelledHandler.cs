using Microsoft.Extensions.Logging;

namespace CatGan.Silo.Cluster;

/// <summary>
/// Ends a silo that the others hold for dead, or whose membership failed for good, at once and with a word that a
/// person can use. Its runs have been given to others: whatever it would still write is refused.
/// </summary>
internal sealed class ExpelledHandler(LastWords words, ILogger<ExpelledHandler> log) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => exception is not OperationCanceledException;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // Orleans gives the whole table of members along.
        string why = exception?.Message ?? context?.Split(" Membership: ")[0] ?? "it does not say why";
        log.LogError(exception, "The cluster goes on without this silo, which ends: {Why}", why);
        Console.Error.WriteLine($"catgan-silo: the cluster goes on without this silo, which ends: {why}");
        words.Send();
        ProcessEnd.Now(ExitCodes.Expelled);
    }
}
