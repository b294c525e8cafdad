using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Keys;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan keys list</c>: who may use <c>catgan serve</c>, without the keys.</summary>
internal static class KeysListCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("One JSON object a line.");
        Command command = new("list", "List keys with their roles; never the keys themselves.") { store, json };
        command.SetAction(async (parse, cancel) =>
        {
            DateTimeOffset now = surroundings.Time.GetUtcNow();
            IReadOnlyList<AccessKey> keys = await new KeyStore(StoreOpener.Open(surroundings, parse.GetRequiredValue(store)), surroundings.Time).ListAsync(cancel);
            bool asJson = parse.GetValue(json);
            if (keys.Count == 0 && !asJson)
                surroundings.Error.WriteLine("no keys; `catgan keys add NAME --role viewer` makes one");
            foreach (string line in asJson ? keys.Select(k => JsonSerializer.Serialize(Row.Of(k, now), Json)) : Table(keys, now))
                surroundings.Out.WriteLine(line);
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string> Table(IReadOnlyList<AccessKey> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
            return [];
        List<string[]> table = [["id", "name", "role", "state", "made", "until"]];
        table.AddRange(keys.Select(k => Row.Of(k, now)).Select(r => (string[])[r.Id, r.Name, r.Role, r.State, Day(r.CreatedAt), Day(r.RevokedAt ?? r.ExpiresAt)]));
        return TextTable.Lines(table);
    }

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private sealed record Row(string Id, string Name, string Role, string State, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
    {
        public static Row Of(AccessKey key, DateTimeOffset now) => new(
            key.Id, key.Name, key.Role.ToString().ToLowerInvariant(), key.RevokedAt is not null ? "revoked" : key.IsValid(now) ? "valid" : "expired", key.CreatedAt, key.ExpiresAt, key.RevokedAt);
    }
}
