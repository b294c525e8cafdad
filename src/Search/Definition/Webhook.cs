using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CatGan.Search;

/// <summary>Whom to tell what becomes of a sweep.</summary>
/// <param name="Url">Where notices are sent: an http or https address.</param>
/// <param name="Secret">Environment variable of the silo that holds the key to sign with; null for unsigned notices. Never the key itself.</param>
/// <param name="Events">What is told: any of <see cref="KnownEvents"/>.</param>
public sealed record Webhook(string Url, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Secret, ImmutableArray<string> Events)
{
    /// <summary>The sweep finished.</summary>
    public const string Finished = "finished";

    /// <summary>An experiment failed or ran out of memory.</summary>
    public const string Failed = "failed";

    /// <summary>The sweep was cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>All that can be told; the default.</summary>
    public static ImmutableArray<string> KnownEvents { get; } = [Finished, Failed, Cancelled];

    internal IEnumerable<SpecFault> Faults()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            yield return new("webhook.url", $"webhook.url is {Url}, but must be an http or https address, such as https://example.org/catgan");
        else if (uri.UserInfo.Length > 0)
            yield return new("webhook.url", "webhook.url holds a user name or password, but specs are kept and shown to everyone; sign with webhook.secret instead");
        if (Secret is { } name && (name.Length is 0 or > 100 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(name[0])))
            yield return new("webhook.secret", $"webhook.secret is {name}, but must be the name of an environment variable of the silo, such as CATGAN_WEBHOOK_SECRET");
        for (int i = 0; i < Events.Length; i++)
        {
            if (!KnownEvents.Contains(Events[i]))
                yield return new($"webhook.events[{i}]", $"webhook.events[{i}] is {Events[i]}, but must be one of {string.Join(", ", KnownEvents)}");
        }
        if (Events.IsEmpty)
            yield return new("webhook.events", $"webhook.events is empty, but must hold some of {string.Join(", ", KnownEvents)}");
    }
}
