namespace CatGan.Coordinator.Spec;

/// <summary>Finds the word that was meant.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary><c>; did you mean `lr_d`?</c>, or nothing when no word is near.</summary>
    public static string For(string typed, IEnumerable<string> words) => For(typed, words.Select(w => (w, w)));

    /// <summary>Likewise, where a word may be meant by several spellings.</summary>
    public static string For(string typed, IEnumerable<(string Spelt, string Meant)> words)
    {
        string plain = Plain(typed);
        if (plain.Length is 0 or > LongestWord)
            return "";
        (string Spelt, string Meant, int Distance) near = words.Select(w => (w.Spelt, w.Meant, Distance(plain, Plain(w.Spelt))))
            .DefaultIfEmpty(("", "", int.MaxValue)).MinBy(c => c.Item3);
        return near.Distance <= Math.Max(1, near.Spelt.Length / 3) ? $"; did you mean `{near.Meant}`?" : "";
    }

    private static string Plain(string word) => word.ToLowerInvariant().Replace('-', '_');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
