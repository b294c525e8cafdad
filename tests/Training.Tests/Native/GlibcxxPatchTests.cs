using System.Text;
using CatGan.Training.Native;

namespace CatGan.Training.Tests.Native;

public sealed class GlibcxxPatchTests
{
    private static readonly byte[] s_hash = [0x42, 0xf8, 0x97, 0x02];

    [Fact]
    public void Apply_LibraryThatWantsGcc13_WantsGcc6AndKeepsItsLength()
    {
        byte[] library = Library("\0_ZSt21ios_base_library_initv\0", "\0GLIBCXX_3.4.32\0", "_ZSt21ios_base_library_initv@GLIBCXX_3.4.32");

        byte[] patched = GlibcxxPatch.Apply(library);

        string text = Encoding.Latin1.GetString(patched);
        Assert.Equal(library.Length, patched.Length);
        Assert.Contains("\0_ZSt19uncaught_exceptionsv\0", text, StringComparison.Ordinal);
        Assert.Contains("\0GLIBCXX_3.4.22\0", text, StringComparison.Ordinal);
        Assert.Equal(-1, patched.AsSpan().IndexOf(s_hash));
        Assert.True(patched.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x72, 0xf8, 0x97, 0x02]) >= 0);
    }

    [Theory]
    [InlineData("\0GLIBCXX_3.4.32\0", "")]
    [InlineData("\0_ZSt21ios_base_library_initv\0", "\0_ZSt21ios_base_library_initv\0")]
    public void Apply_PatternNotThereOnce_Refuses(string first, string second) =>
        Assert.Throws<InvalidDataException>(() => GlibcxxPatch.Apply(Library(first, second)));

    private static byte[] Library(params string[] texts) => [.. Encoding.Latin1.GetBytes(string.Join("ELF", texts)), .. s_hash];
}
