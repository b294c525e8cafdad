using System.Security.Cryptography;
using System.Text;

namespace CatGan.Coordinator.Keys;

/// <summary>
/// A key as its bearer has it: <c>catgan_{id}_{secret}</c>. The secret has 260 bits of chance, so that one round of
/// SHA-256 keeps it: there is nothing to guess that a slow hash would make dearer.
/// </summary>
/// <param name="Id">What the store finds it by.</param>
/// <param name="Secret">What proves it.</param>
internal sealed record KeyText(string Id, string Secret)
{
    private const string Prefix = "catgan_";
    private const int IdLength = 10;
    private const int SecretLength = 52;

    /// <summary>Crockford's base 32: no letters that are mistaken for digits.</summary>
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A new key.</summary>
    public static KeyText Create() => new(RandomNumberGenerator.GetString(Digits, IdLength), RandomNumberGenerator.GetString(Digits, SecretLength));

    /// <summary>Reads a key; null for what cannot be one.</summary>
    public static KeyText? Parse(string? text)
    {
        if (text is null || text.Length != Prefix.Length + IdLength + 1 + SecretLength || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLength] != '_')
            return null;
        (string id, string secret) = (text.Substring(Prefix.Length, IdLength), text[(Prefix.Length + IdLength + 1)..]);
        return id.All(Digits.Contains) && secret.All(Digits.Contains) ? new(id, secret) : null;
    }

    /// <summary>What the store keeps: the id salts it, so that equal secrets would not show.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"catgan-key:{Id}:{Secret}")));

    /// <summary>True when the store's hash is this key's. Takes the same time wherever they differ.</summary>
    public bool Is(AccessKey key) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash()), Encoding.ASCII.GetBytes(key.Sha256));

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Id}_{Secret}";
}
