using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CatGan.Coordinator.Spec;

/// <summary>
/// Reads YAML into nodes that know their place. Bounded against hostile input: depth, size, and what aliases
/// expand to.
/// </summary>
internal sealed class SpecTree
{
    private const int MaxDepth = 24;
    private const int MaxWeight = 200_000;
    private const string Advice = "check the indentation, quotes and brackets up to here";
    private readonly Parser parser;
    private readonly Dictionary<string, SpecNode?> anchors = [];
    private readonly FaultList faults;

    private SpecTree(string yaml, FaultList faults) => (parser, this.faults) = (new Parser(new StringReader(yaml)), faults);

    /// <summary>The one document of <paramref name="yaml"/>; null, with a fault added, when it cannot be read.</summary>
    public static SpecNode? Read(string yaml, FaultList faults)
    {
        if (yaml.AsSpan().IndexOfAnyInRange('\0', '\b') is >= 0 and int bad)
        {
            int line = yaml.AsSpan(0, bad).Count('\n') + 1;
            faults.Add(new(line, bad - (yaml.AsSpan(0, bad).LastIndexOf('\n')), "this is not text; a spec is a YAML file in UTF-8"));
            return null;
        }
        SpecTree tree = new(yaml, faults);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException e)
        {
            SpecSpot at = Spot(yaml, e, tree.parser.Current?.End ?? Mark.Empty);
            faults.Add(new(at.Line, at.Column, $"not YAML here: {Sentence(e)}; {Advice}"));
            return null;
        }
        // The scanner meets some malformed texts with these instead of its own exception.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            SpecSpot end = SpecSpot.Of(tree.parser.Current?.End ?? Mark.Empty);
            faults.Add(new(end.Line, end.Column, $"not YAML after this point; {Advice}"));
            return null;
        }
        catch (TooMuchException e)
        {
            faults.Add(e.Fault);
            return null;
        }
    }

    // Of a tab the parser tells where the block began, or nothing: it is looked for behind what could be read.
    private static SpecSpot Spot(string yaml, YamlException e, Mark read) =>
        e.Message.Contains("tab", StringComparison.Ordinal) && SpecSpot.OfTab(yaml, (int)Math.Max(read.Line, e.Start.Line)) is { } tab ? tab : SpecSpot.Of(e.Start);

    private static string Sentence(YamlException e)
    {
        // The parser's messages begin with the place, which the fault already tells.
        string message = e.Message;
        int end = message.IndexOf("): ", StringComparison.Ordinal);
        message = message.StartsWith('(') && end > 0 ? message[(end + 3)..] : message;
        return message.TrimEnd('.', ' ', '\n');
    }

    private SpecNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            faults.Add(new(1, 1, "the spec is empty; it needs at least `name`, `budget` and `parameters`"));
            return null;
        }
        SpecNode node = ReadNode(0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out DocumentStart? second))
            faults.Add(new((int)second.Start.Line, (int)second.Start.Column, "a second document begins here; a spec is one document, so remove `---` or make it a file of its own"));
        return node;
    }

    private SpecNode ReadNode(int depth)
    {
        ParsingEvent at = parser.Current ?? (parser.MoveNext() ? parser.Current! : throw new InvalidOperationException("the parser ended early"));
        (int line, int column) = ((int)at.Start.Line, (int)at.Start.Column);
        if (depth > MaxDepth)
            throw new TooMuchException(new(line, column, $"nested more than {MaxDepth} deep; a spec needs 5"));
        if (at is NodeEvent { Tag.IsEmpty: false } tagged)
            faults.Add(new(line, column, $"the tag {tagged.Tag} is not understood; remove it"));
        AnchorName anchor = at is NodeEvent e ? e.Anchor : AnchorName.Empty;
        if (!anchor.IsEmpty)
            anchors[anchor.Value] = null;
        SpecNode node = Light(at switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadList(depth),
            MappingStart => ReadMap(depth),
            _ => ReadAlias(),
        });
        if (!anchor.IsEmpty)
            anchors[anchor.Value] = node;
        return node;
    }

    private static SpecNode Light(SpecNode node) => node.Weight <= MaxWeight
        ? node
        : throw new TooMuchException(new(node.Line, node.Column, $"more than {MaxWeight} values once aliases are written out; a sweep of that size needs ranges, not lists"));

    private SpecScalar ReadScalar()
    {
        Scalar scalar = parser.Consume<Scalar>();
        return new((int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private SpecList ReadList(int depth)
    {
        SequenceStart start = parser.Consume<SequenceStart>();
        ImmutableArray<SpecNode>.Builder items = ImmutableArray.CreateBuilder<SpecNode>();
        long weight = 1;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
            weight += items[^1].Weight;
        }
        return new((int)start.Start.Line, (int)start.Start.Column, items.ToImmutable()) { Weight = weight };
    }

    private SpecMap ReadMap(int depth)
    {
        MappingStart start = parser.Consume<MappingStart>();
        ImmutableArray<SpecEntry>.Builder entries = ImmutableArray.CreateBuilder<SpecEntry>();
        long weight = 1;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            SpecNode key = ReadNode(depth + 1);
            SpecNode value = ReadNode(depth + 1);
            weight += key.Weight + value.Weight;
            if (key is SpecScalar name)
                entries.Add(new(name, value));
            else
                faults.Add(new(key.Line, key.Column, $"a key must be a word, but here is {key.Kind}"));
        }
        return new((int)start.Start.Line, (int)start.Start.Column, entries.ToImmutable()) { Weight = weight };
    }

    private SpecNode ReadAlias()
    {
        AnchorAlias alias = parser.Consume<AnchorAlias>();
        (int line, int column) = ((int)alias.Start.Line, (int)alias.Start.Column);
        if (anchors.TryGetValue(alias.Value.Value, out SpecNode? node) && node is not null)
            return node;
        faults.Add(new(line, column, anchors.ContainsKey(alias.Value.Value)
            ? $"the alias *{alias.Value} stands inside what it names"
            : $"the alias *{alias.Value} names nothing; write &{alias.Value} at the value that it should repeat"));
        return new SpecScalar(line, column, "", true);
    }

    private sealed class TooMuchException(PlacedFault fault) : Exception(fault.Message)
    {
        public PlacedFault Fault { get; } = fault;
    }
}
