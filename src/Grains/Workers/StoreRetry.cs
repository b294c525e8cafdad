using CatGan.Grains.Telemetry;
using CatGan.Storage;
using CatGan.Training;

namespace CatGan.Grains.Workers;

/// <summary>Waits out a store that fails for a while, within one attempt.</summary>
internal static class StoreRetry
{
    private const int LongestDoubling = 20;

    /// <summary>True for a fault of a store, a disk or a network, which may be over the next time.</summary>
    public static bool MayPass(Exception fault) => fault is BlobStoreException or IOException or TimeoutException;

    /// <summary>How long to wait after a try that failed.</summary>
    /// <param name="failed">Tries that failed so far, from 1.</param>
    /// <param name="timing">The first wait.</param>
    public static TimeSpan Wait(int failed, GrainsTiming timing) =>
        timing.RetryAfter * Math.Min(LongestDoubling, Math.Pow(2, failed - 1));

    /// <summary>Does what comes before training, and again when the store fails.</summary>
    /// <exception cref="StoreFaultException">It failed every time.</exception>
    /// <exception cref="OperationCanceledException">The run is to leave.</exception>
    public static async Task<T> BeforeTrainingAsync<T>(Func<Task<T>> work, RunControl control, AttemptLog log, AttemptServices services)
    {
        for (int failed = 1; ; failed++)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (MayPass(fault) && !control.Writes.IsCancellationRequested)
            {
                services.Meters.StoreFailed(StoreWork.Prepare);
                log.Add($"The store failed before training began: {fault.Message}");
                if (failed >= services.Timing.StoreTries)
                    throw new StoreFaultException(fault.Message, fault);
            }
            await Task.Delay(Wait(failed, services.Timing), services.Timing.Time, control.Writes);
            if (control.Command != TrainingCommand.Continue)
                throw new OperationCanceledException(control.Reason);
        }
    }
}

/// <summary>The store failed for longer than one attempt waits; the experiment itself is not to blame.</summary>
internal sealed class StoreFaultException(string message, Exception inner) : Exception(message, inner);
