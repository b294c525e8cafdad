using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatGan.Coordinator.Keys;

/// <summary>What the store keeps of a key: never the key itself.</summary>
/// <param name="Id">Its id, a part of the key that is no secret.</param>
/// <param name="Name">Whose it is, for people.</param>
/// <param name="Role">What its bearer may do.</param>
/// <param name="Sha256">Hash of the key, hexadecimal.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="RevokedAt">When somebody ended it; null while nobody has.</param>
internal sealed record AccessKey(string Id, string Name, AccessRole Role, string Sha256, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null, DateTimeOffset? RevokedAt = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>True when its bearer is let in.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);

    /// <summary>The record as UTF-8 JSON.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>The record that <see cref="Write"/> wrote; null when the bytes are none.</summary>
    public static AccessKey? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<AccessKey>(json, Json);
        }
        catch (JsonException)
        {
            return null; // lets nobody in
        }
    }
}
