using System.Collections.Immutable;
using CatGan.Abstractions.Experiments;
using CatGan.Search;

namespace CatGan.Coordinator.Spec;

/// <summary>Reads <c>parameters:</c>; every value and both ends of every range are checked against their setting.</summary>
internal sealed class ParameterReader(SpecPlaces places, FaultList faults)
{
    private const int MaxChoices = 1000;
    private static readonly string[] Forms = ["value", "choice", "uniform", "log_uniform", "int"];
    private static readonly string[] Keys = [.. Forms, "points", "log", "when"];
    private static readonly string[] Names = [.. ExperimentSettings.All.Select(s => s.Name)];

    /// <summary>The parameters, as far as they could be understood.</summary>
    public ParameterSpace Read(SpecMap? map)
    {
        if (map is null)
            return ParameterSpace.Empty;
        _ = new SpecSection(map, "parameters.", Names, faults);
        IEnumerable<SpecEntry> known = map.Entries.Where(e => Names.Contains(e.Key.Value)).DistinctBy(e => e.Key.Value);
        return new([.. known.Select(Read).OfType<Parameter>()]);
    }

    /// <summary>The setting of an entry of <c>parameters</c> or <c>also</c>.</summary>
    public static Setting? Setting(SpecEntry entry) => ExperimentSettings.Find(entry.Key.Value);

    private Parameter? Read(SpecEntry entry)
    {
        Setting setting = Setting(entry)!;
        string path = $"parameters.{setting.Name}";
        places.Add(path, entry.Key);
        switch (entry.Value)
        {
            case SpecMap map:
                return Read(setting, path, map);
            case SpecList list:
                Fault(list, $"{setting.Name} is a list, but must be one value, or say what the list is: {{choice: [...]}}, or {{log_uniform: [low, high]}} and the like");
                return null;
            default:
                return SettingText.Read(setting, entry.Value, faults) is { } text ? new FixedParameter(setting.Name, text) : null;
        }
    }

    private Parameter? Read(Setting setting, string path, SpecMap map)
    {
        SpecSection section = new(map, $"{setting.Name}.", Keys, faults);
        foreach (SpecEntry entry in map.Entries)
            places.Add($"{path}.{(entry.Key.Value == "value" ? "fixed" : entry.Key.Value)}", entry.Value);
        string[] given = [.. Forms.Where(section.Has)];
        if (given.Length != 1)
        {
            Fault(map, $"{setting.Name} has {(given.Length == 0 ? "no values" : string.Join(" and ", given))}, but must have exactly one of {string.Join(", ", Forms)}");
            return null;
        }
        int? points = (int?)section.Whole("points", 2, Parameter.MaxPoints);
        bool log = section.Flag("log") ?? false;
        if (points is not null && given[0] is "value" or "choice" && section.Has("points"))
            Fault(section.Find("points")!, $"{setting.Name}.points belongs to a range, but {setting.Name} has {given[0]}; remove it");
        if (section.Has("log") && given[0] != "int")
            Fault(section.Find("log") ?? map, $"{setting.Name}.log belongs to int, but {setting.Name} has {given[0]}; remove it, or use log_uniform");
        SpecNode? values = section.Find(given[0]);
        Parameter? parameter = values is null ? NoValue(setting, given[0], map) : given[0] switch
        {
            "value" => SettingText.Read(setting, values, faults) is { } text ? new FixedParameter(setting.Name, text) : null,
            "choice" => Choice(setting, values),
            _ => Range(setting, given[0], values, points, log),
        };
        ImmutableArray<Condition> when = Conditions(setting, path, section);
        return parameter is null ? null : parameter with { When = when };
    }

    private Parameter? NoValue(Setting setting, string form, SpecMap map)
    {
        Fault(map, $"{setting.Name}.{form} is empty, but must be {(form == "value" ? "a value" : "a list")}");
        return null;
    }

    private ChoiceParameter? Choice(Setting setting, SpecNode values)
    {
        if (values is not SpecList { Items.Length: >= 1 and <= MaxChoices } list)
        {
            Fault(values, $"{setting.Name}.choice is {SpecSection.Short(values)}, but must be a list of 1 to {MaxChoices} values, such as [a, b]");
            return null;
        }
        string?[] texts = [.. list.Items.Select(i => SettingText.Read(setting, i, faults))];
        return texts.All(t => t is not null) ? new(setting.Name, [.. texts.OfType<string>()]) : null;
    }

    private Parameter? Range(Setting setting, string form, SpecNode values, int? points, bool log)
    {
        string? cure = (setting.Kind, form, setting.Choices.IsEmpty) switch
        {
            (SettingKind.Flag or SettingKind.Word, _, _) or (_, _, false) => $"{setting.Name} must be {setting.Bound}, so use choice in place of {form}",
            (SettingKind.Whole, not "int", _) => $"{setting.Name} takes whole numbers, so use int in place of {form}{(form == "log_uniform" ? ", with log: true" : "")}",
            _ => null,
        };
        if (cure is not null)
            Fault(values, cure);
        else if (values is not SpecList { Items.Length: 2 } list)
            Fault(values, $"{setting.Name}.{form} is {SpecSection.Short(values)}, but must be two numbers, such as [{(form == "int" ? "1, 10" : "1e-5, 1e-3")}]");
        else if (list.Items.Select(i => SettingText.Read(setting, i, faults)).ToArray() is [{ } low, { } high])
            return Range(setting, form, list, (low, high), points, log);
        return null;
    }

    private Parameter? Range(Setting setting, string form, SpecList list, (string Low, string High) ends, int? points, bool log)
    {
        (double low, double high) = (SpecNumber.Parse(ends.Low)!.Value, SpecNumber.Parse(ends.High)!.Value);
        if (low >= high)
        {
            Fault(list, $"{setting.Name}.{form} goes from {ends.Low} to {ends.High}, but the first must be below the second");
            return null;
        }
        if (form != "int")
            return form == "uniform" ? new UniformParameter(setting.Name, low, high, points) : new LogUniformParameter(setting.Name, low, high, points);
        if (SpecNumber.ParseWhole(ends.Low) is { } first and >= int.MinValue && SpecNumber.ParseWhole(ends.High) is { } last and <= int.MaxValue)
            return new IntParameter(setting.Name, (int)first, (int)last, log, points);
        Fault(list, $"{setting.Name}.int goes from {ends.Low} to {ends.High}, but both must be whole numbers up to {int.MaxValue}");
        return null;
    }

    private ImmutableArray<Condition> Conditions(Setting setting, string path, SpecSection section)
    {
        SpecMap? when = section.Block("when", "{preset: [wgan, wgan-gp]}");
        if (when is null)
            return [];
        SpecSection inner = new(when, $"{setting.Name}.when.", Names, faults);
        ImmutableArray<Condition>.Builder conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (SpecEntry entry in when.Entries.Where(e => Setting(e) is not null).DistinctBy(e => e.Key.Value))
        {
            places.Add($"{path}.when.{entry.Key.Value}", entry.Value);
            if (!inner.Has(entry.Key.Value) || inner.Find(entry.Key.Value) is null)
                Fault(entry.Key, $"{setting.Name}.when.{entry.Key.Value} is empty, but must be a value or a list of values");
            string?[] texts = [.. inner.Scalars(entry.Key.Value, MaxChoices).Select(v => SettingText.Read(Setting(entry)!, v, faults))];
            if (texts.Length > 0 && texts.All(t => t is not null))
                conditions.Add(new(entry.Key.Value, [.. texts.OfType<string>()]));
        }
        return conditions.ToImmutable();
    }

    private void Fault(SpecNode node, string message) => faults.Add(new(node.Line, node.Column, message));
}
