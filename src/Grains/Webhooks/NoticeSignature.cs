using System.Security.Cryptography;
using System.Text;

namespace CatGan.Grains.Webhooks;

/// <summary>The lines that let a receiver check who wrote a notice.</summary>
internal static class NoticeSignature
{
    /// <summary>
    /// <c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 with the key over the seconds since 1970, a full stop, and the body as sent.
    /// The time is part of it, so that a notice that somebody overheard cannot be sent again much later.
    /// </summary>
    public static string Of(string key, long seconds, string body)
    {
        string text = FormattableString.Invariant($"{seconds}.{body}");
        byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));
        return FormattableString.Invariant($"t={seconds},v1={Convert.ToHexStringLower(hash)}");
    }
}
