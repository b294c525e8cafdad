using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CatGan.Silo;

/// <summary>A line for each log entry on the console: for people, so without stack traces, which the store's log holds.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Its name among formatters.</summary>
    public const string FormatterName = "line";

    private const string Trace = "   at ";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
        // Orleans often has the exception in its message too.
        string? cause = logEntry.Exception is { } fault && !message.Contains(OneLine(fault.Message), StringComparison.Ordinal) ? OneLine(fault.Message) : null;
        textWriter.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff} {Word(logEntry.LogLevel)}: {logEntry.Category} {message}{(cause is null ? "" : $": {cause}")}"));
    }

    private static string OneLine(string text)
    {
        int trace = text.IndexOf(Trace, StringComparison.Ordinal);
        return (trace < 0 ? text : text[..trace]).ReplaceLineEndings(" ").TrimEnd();
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        _ => "info",
    };
}
