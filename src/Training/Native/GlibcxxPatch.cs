using System.Buffers.Binary;
using System.Text;

namespace CatGan.Training.Native;

/// <summary>
/// Rewrites the one reference to GLIBCXX_3.4.32, an empty initializer, to a function without arguments or effect
/// that libstdc++ has had since GLIBCXX_3.4.22.
/// </summary>
internal static class GlibcxxPatch
{
    private static readonly (string What, byte[] From, byte[] To)[] s_patches =
    [
        // Between NULs, as in the dynamic string table: the names for debuggers look otherwise.
        ("symbol", Text("\0_ZSt21ios_base_library_initv\0"), Text("\0_ZSt19uncaught_exceptionsv\0\0\0")),
        ("version", Text("\0GLIBCXX_3.4.32\0"), Text("\0GLIBCXX_3.4.22\0")),
        ("version's hash", Hash("GLIBCXX_3.4.32"), Hash("GLIBCXX_3.4.22")),
    ];

    /// <summary>The library's bytes with the three places changed.</summary>
    /// <exception cref="InvalidDataException">One of them is not there exactly once: not the library this was made for.</exception>
    public static byte[] Apply(byte[] library)
    {
        byte[] patched = [.. library];
        foreach ((string what, byte[] from, byte[] to) in s_patches)
        {
            int found = Count(library, from, out int at);
            if (found != 1)
                throw new InvalidDataException($"The {what} to patch is there {found} times, but must be there once.");
            to.CopyTo(patched, at);
        }
        return patched;
    }

    private static int Count(ReadOnlySpan<byte> library, ReadOnlySpan<byte> pattern, out int first)
    {
        first = library.IndexOf(pattern);
        int count = 0;
        for (int at = first; at >= 0;)
        {
            count++;
            int next = library[(at + 1)..].IndexOf(pattern);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return count;
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>The ELF hash (System V ABI, chapter 5) as it stands in .gnu.version_r.</summary>
    private static byte[] Hash(string name)
    {
        uint hash = 0;
        foreach (char c in name)
        {
            hash = (hash << 4) + c;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, hash);
        return bytes;
    }
}
