using System.Text;
using CatGan.Coordinator.App;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>The text of a spec in a request's body.</summary>
internal static class SpecBody
{
    /// <summary>Its type.</summary>
    public const string Yaml = "application/yaml";

    /// <summary>Other names that it goes by.</summary>
    public static readonly string[] OtherTypes = ["application/x-yaml", "text/yaml", "text/x-yaml"];

    private const int MaxBytes = 1 << 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="BadHttpRequestException">It is of another type, or too large.</exception>
    /// <exception cref="UserException">It is no text.</exception>
    public static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !OtherTypes.Prepend(Yaml).Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            throw new BadHttpRequestException($"a spec is sent as {Yaml}, but this is {request.ContentType ?? "of no type"}", StatusCodes.Status415UnsupportedMediaType);
        if (request.ContentLength > MaxBytes)
            throw TooLarge();
        using MemoryStream content = new();
        byte[] piece = new byte[16 << 10];
        for (int read; (read = await request.Body.ReadAsync(piece, cancellationToken)) > 0;)
        {
            content.Write(piece, 0, read);
            if (content.Length > MaxBytes)
                throw TooLarge();
        }
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content.GetBuffer(), 0, (int)content.Length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new UserException(ExitCode.BadInput, "the spec is not text in UTF-8", "save it as UTF-8");
        }
    }

    private static BadHttpRequestException TooLarge() => new("the spec is larger than 1 MiB, but a spec is a few lines of YAML", StatusCodes.Status413PayloadTooLarge);
}
