using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CatGan.Abstractions.Telemetry;

/// <summary>The source of CatGan's spans. Nothing is made where nobody listens.</summary>
public static class CatGanSpans
{
    private static readonly ActivitySource Source = new(TelemetryNames.CatGan);

    /// <summary>Begins a span of something that this process does itself; disposing of it ends it.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="parent">What it belongs to, see <see cref="SweepTrace"/>.</param>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Begin(string name, ActivityContext parent) => Source.StartActivity(name, ActivityKind.Internal, parent);

    /// <summary>Does something within a span of its own, which says so where it failed.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="parent">What it belongs to, see <see cref="SweepTrace"/>.</param>
    /// <param name="work">Does it; null is given where nobody listens.</param>
    /// <exception cref="ArgumentNullException">There is no work.</exception>
    public static async Task<T> DoAsync<T>(string name, ActivityContext parent, Func<Activity?, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using Activity? span = Begin(name, parent);
        try
        {
            return await work(span);
        }
        catch (Exception fault)
        {
            Fail(span, fault);
            throw;
        }
    }

    /// <summary>Marks a span as one of work that failed, with the exception as its event.</summary>
    /// <exception cref="ArgumentNullException">There is no fault.</exception>
    public static void Fail(Activity? span, Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        span?.SetStatus(ActivityStatusCode.Error, fault.Message).AddException(fault);
    }

    /// <summary>True when somebody listens.</summary>
    public static bool Wanted => Source.HasListeners();

    /// <summary>
    /// Tells of something that is over and may have lasted longer than any process: its id was known from its beginning,
    /// and other spans name it as their parent.
    /// </summary>
    /// <param name="name">What it was.</param>
    /// <param name="self">Its id.</param>
    /// <param name="parent">What it belongs to.</param>
    /// <param name="from">When it began.</param>
    /// <param name="to">When it was over.</param>
    /// <param name="describe">Adds attributes and status.</param>
    public static void Tell(string name, ActivityContext self, ActivityContext parent, DateTimeOffset from, DateTimeOffset to, Action<Activity> describe)
    {
        if (Source.CreateActivity(name, ActivityKind.Internal, parent) is not { } activity)
            return;
        // A root would else take what this process happens to do for its parent.
        Activity? current = Activity.Current;
        Activity.Current = null;
        activity.SetStartTime(from.UtcDateTime);
        activity.Start();
        SpanId(activity) = self.SpanId.ToHexString();
        describe(activity);
        activity.SetEndTime(to.UtcDateTime);
        activity.Dispose();
        Activity.Current = current;
    }

    // The runtime draws a span's id at its start and offers no way to say it. A test holds that this field is the one.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanId(Activity activity);
}
