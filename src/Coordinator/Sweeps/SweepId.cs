using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Makes the ids of sweeps: the name as a slug, then when it was submitted, then chance.</summary>
internal static partial class SweepId
{
    /// <summary>Digits in ordinal order without the ones that are mistaken for each other (Crockford's base 32).</summary>
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int LongestSlug = 40;
    private static readonly DateTimeOffset Beginning = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What an id that a client makes may look like.</summary>
    public const string Form = "it must have 1 to 64 small letters, digits and hyphens, and begin and end with a letter or digit";

    /// <summary>True for an id that a client may make.</summary>
    public static bool IsValid(string id) => id.Length is >= 1 and <= 64 && id != "last" && id[0] != '-' && id[^1] != '-' && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>True for what can be the id of a sweep, whoever made it: nothing else becomes a part of a name.</summary>
    public static bool MayBe(string text) => Id().IsMatch(text);

    /// <summary>A new id, such as <c>four-gans-1h7k2q9x</c>; later ones of the same name sort after earlier ones.</summary>
    public static string Create(string name, TimeProvider time)
    {
        long seconds = (long)(time.GetUtcNow() - Beginning).TotalSeconds;
        char[] suffix = new char[8];
        for (int i = 5; i >= 0; i--, seconds >>= 5)
            suffix[i] = Digits[(int)(seconds & 31)];
        for (int i = 6; i < suffix.Length; i++)
            suffix[i] = Digits[RandomNumberGenerator.GetInt32(Digits.Length)];
        return $"{Slug(name)}-{new string(suffix)}";
    }

    private static string Slug(string name)
    {
        StringBuilder slug = new();
        foreach (char c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        string text = slug.Length > LongestSlug ? slug.ToString(0, LongestSlug) : slug.ToString();
        text = text.Trim('-');
        return text.Length > 0 ? text : "sweep";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Id();
}
