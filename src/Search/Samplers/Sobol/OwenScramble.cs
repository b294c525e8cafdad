namespace CatGan.Search.Samplers;

/// <summary>
/// Nested uniform scrambling (Owen 1995): each binary digit is flipped or not by chance that depends on all digits before it,
/// so that halves, quarters and so on of an axis trade places as wholes. The points stay as evenly spread as they were, each
/// by itself is uniform, and no two seeds share them.
/// </summary>
internal static class OwenScramble
{
    /// <summary>The digits scrambled.</summary>
    /// <param name="digits">32 binary digits after the point, the first the highest bit.</param>
    /// <param name="seed">Chance of this axis.</param>
    public static uint Apply(uint digits, ulong seed)
    {
        uint scrambled = 0;
        for (int bit = 31; bit >= 0; bit--)
        {
            // The digits before this one, behind a one that tells 0 from 00.
            ulong before = ((1ul << 32) | digits) >> (bit + 1);
            uint flip = (uint)(new SearchRandom(seed ^ before).NextBits() >> 63);
            scrambled |= (((digits >> bit) & 1) ^ flip) << bit;
        }
        return scrambled;
    }
}
