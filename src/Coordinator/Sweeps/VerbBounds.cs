using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.App;
using CatGan.Search;

namespace CatGan.Coordinator.Sweeps;

/// <summary>What the values of commands may be.</summary>
internal static class VerbBounds
{
    /// <summary>Longest tag.</summary>
    public const int LongestTag = 50;

    /// <summary>Longest note.</summary>
    public const int LongestNote = 10_000;

    /// <summary>Longest reason.</summary>
    public const int LongestReason = 1000;

    /// <summary>Most experiments that a cap allows.</summary>
    public const int MostCap = 10_000;

    /// <summary>Most pictures of a grid.</summary>
    public const int MostPictures = 1024;

    private const int MostTags = 100;
    private const int MostSettings = 100;

    /// <summary>Refuses a body that is out of bounds.</summary>
    public static CancelBody Check(CancelBody body)
    {
        if (body.Reason?.Length > LongestReason)
            throw Bad($"reason has {body.Reason.Length:N0} characters, but must have at most {LongestReason:N0}");
        return IsText(body.Reason) ? body : throw Bad("reason must have no control characters");
    }

    /// <inheritdoc cref="Check(CancelBody)"/>
    public static ExtendBody Check(ExtendBody body)
    {
        if (body is { Images: null, Seconds: null, Experiments: null })
            throw Bad("name what there is to be more of: images, seconds or experiments");
        if (body.Images is < 1 or >= TrainingPlan.NoLimit)
            throw Bad($"images is {body.Images}, but must be from 1 to {TrainingPlan.NoLimit - 1:N0}");
        if (body.Seconds is { } seconds && !(seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds))
            throw Bad($"seconds is {seconds}, but must be more than 0");
        return body.Experiments is < 1 or > SweepDefinition.MaxExperiments
            ? throw Bad($"experiments is {body.Experiments}, but must be from 1 to {SweepDefinition.MaxExperiments:N0}")
            : body;
    }

    /// <inheritdoc cref="Check(CancelBody)"/>
    public static PriorityBody Check(PriorityBody body)
    {
        if (body is { Weight: null, Cap: null })
            throw Bad("name what to change: weight or cap");
        if (body.Weight is { } weight && !(weight >= 1 / SweepDefinition.MaxWeight && weight <= SweepDefinition.MaxWeight))
            throw Bad($"weight is {weight}, but must be from {1 / SweepDefinition.MaxWeight} to {SweepDefinition.MaxWeight}");
        return body.Cap is < 0 or > MostCap ? throw Bad($"cap is {body.Cap}, but must be from 1 to {MostCap:N0}, or 0 for none") : body;
    }

    /// <inheritdoc cref="Check(CancelBody)"/>
    public static TagBody Check(TagBody body)
    {
        string[] all = [.. body.Add ?? [], .. body.Remove ?? []];
        if (all.Length == 0 && body.Note is null)
            throw Bad("name tags to add, or to remove, or a note");
        if (all.Length > MostTags)
            throw Bad($"there are {all.Length:N0} tags, but at most {MostTags} at once");
        if (all.Contains(null))
            throw Bad("a tag is null, but must be a text");
        if ((body.Add ?? []).FirstOrDefault(t => t.Length > LongestTag || string.IsNullOrWhiteSpace(t)) is { } bad)
            throw Bad($"the tag `{(bad.Length > LongestTag ? bad[..LongestTag] + "…" : bad)}` must have 1 to {LongestTag} characters");
        if (all.FirstOrDefault(t => t?.Any(char.IsControl) == true) is { } hidden)
            throw Bad($"the tag `{string.Concat(hidden.Select(c => char.IsControl(c) ? '?' : c))}` must have no control characters");
        if (!IsText(body.Note))
            throw Bad("note must have no control characters but ends of lines and tabs");
        return body.Note?.Length > LongestNote ? throw Bad($"note must have at most {LongestNote:N0} characters") : body;
    }

    /// <inheritdoc cref="Check(CancelBody)"/>
    public static PinBody Check(PinBody body) => body.Images is < 0 ? throw Bad($"images is {body.Images}, but must be at least 0") : body;

    /// <inheritdoc cref="Check(CancelBody)"/>
    public static GenerateBody Check(GenerateBody body) => body.Count is < 1 or > MostPictures ? throw Bad($"count is {body.Count}, but must be from 1 to {MostPictures:N0}") : body;

    /// <summary>Refuses changes of a spec that are out of bounds.</summary>
    public static IReadOnlyList<string> CheckSettings(IReadOnlyList<string>? settings)
    {
        if (settings?.Count > MostSettings)
            throw Bad($"set has {settings.Count:N0} values, but must have at most {MostSettings}");
        return settings?.Contains(null!) == true ? throw Bad("a value of set is null, but must be a text such as budget.images=50000") : settings ?? [];
    }

    // Terminals obey control characters.
    private static bool IsText(string? text) => text?.All(c => c is '\n' or '\r' or '\t' || !char.IsControl(c)) != false;

    private static UserException Bad(string message) => new(ExitCode.BadInput, message);
}
