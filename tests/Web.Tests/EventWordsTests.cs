using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Pages.Data;
using CatGan.Coordinator.Tests.Results;
using CatGan.Search;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

/// <summary>Whatever can happen to a sweep is known to its pages: the log has words for it, and scripts hear of it.</summary>
public class EventWordsTests
{
    private static readonly JsonDerivedTypeAttribute[] Kinds = [.. typeof(SweepEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()];

    public static TheoryData<Type> Types => [.. Kinds.Select(k => k.DerivedType)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_OfEachKind_HasWords(Type kind)
    {
        ConstructorInfo constructor = kind.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        SweepEvent happened = (SweepEvent)constructor.Invoke([.. constructor.GetParameters().Select(p => Some(p.ParameterType))]);
        string text = EventLine.Of(new JournalEntry(new EventPosition(1, 0), happened)).Text;
        Assert.NotEmpty(text);
        Assert.DoesNotContain(kind.Name, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_OfEachKind_IsHeardByTheStreamOfAPage()
    {
        await using Site site = await Site.StartAsync();
        string script = (await site.SendAsync(HttpMethod.Get, "/js/stream.js")).Text;
        Assert.All(Kinds, k => Assert.Contains($"\"{k.TypeDiscriminator}\"", script, StringComparison.Ordinal));
    }

    private static object? Some(Type type) => type switch
    {
        _ when type == typeof(string) => "some",
        _ when type == typeof(SweepDefinition) => FakeSweep.Define([FakeSweep.Point(("preset", "dcgan"))]),
        _ when type == typeof(ImmutableArray<string>) => ImmutableArray<string>.Empty,
        _ when type == typeof(ImmutableSortedDictionary<string, string>) => ImmutableSortedDictionary<string, string>.Empty,
        _ when type == typeof(ImmutableSortedDictionary<string, double>) => ImmutableSortedDictionary<string, double>.Empty,
        _ => type.IsValueType ? Activator.CreateInstance(type) : null,
    };
}
