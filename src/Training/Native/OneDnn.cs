using System.Runtime.InteropServices;

namespace CatGan.Training.Native;

/// <summary>
/// libtorch's switches for whole libraries of kernels, those of <c>torch.backends.mkldnn</c> and <c>torch.backends.nnpack</c>
/// in Python. TorchSharp has none, so they are called by the names that the compiler gave them.
/// </summary>
internal static partial class OneDnn
{
    private const string Torch = "torch_cpu";

    /// <summary>
    /// Has libtorch compute by itself in this process from now on, without oneDNN, and without NNPACK, which it would try next and
    /// warn of at each convolution where that knows no such processor. False where its switches have other names.
    /// </summary>
    public static bool TurnOff() => Switch(SetOneDnn) && TurnOffNnpack();

    /// <summary>Without NNPACK alone: oneDNN takes all that the networks compute, so that it is only asked whether it knows the processor.</summary>
    public static bool TurnOffNnpack() => Switch(SetNnpack);

    private static bool Switch(Action<nint, bool> set)
    {
        try
        {
            set(Context(), false);
            return true;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport(Torch, EntryPoint = "_ZN2at13globalContextEv")]
    private static partial nint Context();

    [LibraryImport(Torch, EntryPoint = "_ZN2at7Context20setUserEnabledMkldnnEb")]
    private static partial void SetOneDnn(nint context, [MarshalAs(UnmanagedType.U1)] bool on);

    [LibraryImport(Torch, EntryPoint = "_ZN2at7Context20setUserEnabledNNPACKEb")]
    private static partial void SetNnpack(nint context, [MarshalAs(UnmanagedType.U1)] bool on);
}
