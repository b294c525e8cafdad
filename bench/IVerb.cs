using System.CommandLine;

namespace CatGan.Bench;

/// <summary>One verb of the bench: one file, and one line in <see cref="Verbs"/>.</summary>
internal interface IVerb
{
    /// <summary>The verb with its arguments and what it does.</summary>
    Command Command();
}
