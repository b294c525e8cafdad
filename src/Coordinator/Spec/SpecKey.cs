namespace CatGan.Coordinator.Spec;

/// <summary>A key at the top of a spec, as docs/spec.md has it.</summary>
/// <param name="Name">The key; a dot leads into a block.</param>
/// <param name="Range">What it takes.</param>
/// <param name="Default">What holds without it.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record SpecKey(string Name, string Range, string Default, string Meaning);
