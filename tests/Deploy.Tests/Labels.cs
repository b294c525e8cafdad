using k8s.Models;

namespace CatGan.Deploy.Tests;

/// <summary>Matching of labels.</summary>
internal static class Labels
{
    public static bool Match(IDictionary<string, string> pairs, IDictionary<string, string> labels) =>
        pairs.All(p => labels.TryGetValue(p.Key, out string? value) && value == p.Value);

    /// <summary>An empty selector matches everything.</summary>
    public static bool Match(V1LabelSelector selector, IDictionary<string, string> labels) =>
        Match(selector.MatchLabels ?? new Dictionary<string, string>(), labels) && (selector.MatchExpressions ?? []).All(e => Match(e, labels));

    private static bool Match(V1LabelSelectorRequirement expression, IDictionary<string, string> labels)
    {
        bool there = labels.TryGetValue(expression.Key, out string? value);
        return expression.OperatorProperty switch
        {
            "In" => there && expression.Values.Contains(value!),
            "NotIn" => !there || !expression.Values.Contains(value!),
            "Exists" => there,
            "DoesNotExist" => !there,
            _ => throw new InvalidDataException($"The operator {expression.OperatorProperty} does not exist: use In, NotIn, Exists or DoesNotExist."),
        };
    }
}
