using System.Collections.Immutable;

namespace CatGan.Coordinator.Spec;

/// <summary>A piece of a spec's YAML and where it stands.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal abstract record SpecNode(int Line, int Column)
{
    /// <summary>Pieces in it with aliases written out, itself included.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>What a message calls it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A word, number or text.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Value">The text, quotes resolved.</param>
/// <param name="Plain">True when it was written without quotes.</param>
internal sealed record SpecScalar(int Line, int Column, string Value, bool Plain) : SpecNode(Line, Column)
{
    /// <summary>True for a value left out, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Plain && Value is "" or "~" or "null";

    /// <inheritdoc/>
    public override string Kind => IsNull ? "empty" : $"`{Value}`";
}

/// <summary>A list.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Items">Its items.</param>
internal sealed record SpecList(int Line, int Column, ImmutableArray<SpecNode> Items) : SpecNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>Keys with values, in the order written.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Entries">Its entries; a key may be there twice, which its reader reports.</param>
internal sealed record SpecMap(int Line, int Column, ImmutableArray<SpecEntry> Entries) : SpecNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a block of keys";
}

/// <summary>A key with its value.</summary>
internal sealed record SpecEntry(SpecScalar Key, SpecNode Value);
