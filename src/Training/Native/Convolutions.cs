namespace CatGan.Training.Native;

/// <summary>
/// Whether convolutions come out right on this machine, looked at once a process, before the first network.
/// <para>
/// libtorch has oneDNN compute them, which cuts its work to the processor's caches. Under a hypervisor that hides the
/// caches of an AMD processor (CPUID leaf 0x8000001D all zero), oneDNN 3.7 takes them to be one byte, and some shapes come
/// out as garbage or not a number, without an error. libtorch's own kernels are right there, and are taken instead.
/// </para>
/// </summary>
public static class Convolutions
{
    /// <summary>What to set where even these are wrong or oneDNN cannot be turned off from here.</summary>
    private const string Cure = "Set ONEDNN_MAX_CPU_ISA=SSE41 in the silo's environment, or train on another machine.";

    private static readonly Lazy<string> Found = new(Choose);

    /// <summary>Who computes them, in words for logs.</summary>
    /// <exception cref="UnsoundMachineException">They are wrong whoever computes them.</exception>
    public static string Kernels => Found.Value;

    /// <summary>Makes sure that they are right from here on. Costs a tenth of a second the first time.</summary>
    /// <exception cref="UnsoundMachineException">They are wrong whoever computes them.</exception>
    public static void Ensure() => _ = Found.Value;

    private static string Choose()
    {
        OneDnn.TurnOffNnpack();
        return Choose(OnItsOwnThread(ConvolutionProbe.Look), OneDnn.TurnOff, () => OnItsOwnThread(ConvolutionProbe.Look));
    }

    /// <summary>Takes oneDNN where it is right, libtorch's own kernels where those are, and nothing else.</summary>
    /// <param name="withOneDnn">What came out with oneDNN.</param>
    /// <param name="turnOff">Turns oneDNN off; false where that cannot be done.</param>
    /// <param name="without">What comes out without it.</param>
    internal static string Choose(ConvolutionFinding withOneDnn, Func<bool> turnOff, Func<ConvolutionFinding> without)
    {
        if (withOneDnn.IsRight)
            return "convolutions by oneDNN";
        if (!turnOff())
            throw new UnsoundMachineException($"{withOneDnn.Words} on this machine by oneDNN, which cannot be turned off in this libtorch. {Cure}");
        ConvolutionFinding own = without();
        return own.IsRight
            ? $"convolutions by libtorch's own kernels, because oneDNN's are wrong here ({withOneDnn.Words})"
            : throw new UnsoundMachineException($"{own.Words} on this machine, without oneDNN too. {Cure}");
    }

    // Scopes, gradient mode and thread counts are a thread's own: those of who happens to come first are left alone.
    private static ConvolutionFinding OnItsOwnThread(Func<ConvolutionFinding> look)
    {
        ConvolutionFinding? found = null;
        Exception? fault = null;
        Thread thread = new(() =>
        {
            try
            {
                found = look();
            }
            catch (Exception e)
            {
                fault = e;
            }
        });
        thread.Start();
        thread.Join();
        return found ?? throw new UnsoundMachineException($"convolutions cannot be computed on this machine: {fault!.Message} {Cure}", fault);
    }
}
