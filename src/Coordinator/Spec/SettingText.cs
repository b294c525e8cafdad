using System.Globalization;
using CatGan.Abstractions.Experiments;

namespace CatGan.Coordinator.Spec;

/// <summary>Turns a value of a spec into the text that a setting takes.</summary>
internal static class SettingText
{
    /// <summary>
    /// The value without the digits' underscores, whole numbers written out (<c>1e3</c> as <c>1000</c>); null, with a
    /// fault added, when the setting does not take it.
    /// </summary>
    public static string? Read(Setting setting, SpecNode node, FaultList faults)
    {
        if (node is SpecScalar { IsNull: false } scalar)
        {
            string? text = Normal(setting, scalar.Value);
            if (text is not null && setting.Check(text) is null)
                return text;
        }
        string suggestion = setting.Kind == SettingKind.Word ? Suggestion.For(SpecSection.Short(node), setting.Choices) : "";
        faults.Add(new(node.Line, node.Column, $"{setting.Name} is {SpecSection.Short(node)}, but must be {setting.Bound}{suggestion}"));
        return null;
    }

    private static string? Normal(Setting setting, string text) => setting.Kind switch
    {
        SettingKind.Whole => SpecNumber.ParseWhole(text)?.ToString(CultureInfo.InvariantCulture),
        SettingKind.Real => SpecNumber.Parse(text) is null ? null : text.Replace("_", "").TrimStart('+').ToLowerInvariant(),
        _ => text,
    };
}
