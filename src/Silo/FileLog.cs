using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CatGan.Storage;
using Microsoft.Extensions.Logging;

namespace CatGan.Silo;

/// <summary>Logs as JSON lines in <c>logs/silo-*.log</c> of a local store.</summary>
/// <remarks>A disk without room costs lines and nothing else: how many, the first line after them says.</remarks>
internal sealed class FileLog(TextWriter writer, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();
    private long _lost;

    /// <summary>A new file for this process.</summary>
    public static FileLog Open(IBlobStore store, TimeProvider time)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"logs/silo-{time.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}.log");
        store.WriteTextAsync(name, "").GetAwaiter().GetResult();
        string path = ((ILocalBlobStore)store).GetLocalPath(name) ?? throw new IOException($"{name} vanished from {store.Uri}.");
        FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return new FileLog(new StreamWriter(file) { AutoFlush = true }, time);
    }

    public ILogger CreateLogger(string categoryName) => new CategoryLog(this, categoryName);

    public void Dispose()
    {
        lock (_lock)
            writer.Dispose();
    }

    private void Write(JsonObject line)
    {
        lock (_lock)
        {
            try
            {
                if (_lost > 0)
                    line["lost_lines"] = _lost;
                writer.WriteLine(line.ToJsonString(JsonSerializerOptions.Web));
                _lost = 0;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Whoever logs is busy with that very fault; it must not fail for it.
                _lost++;
            }
        }
    }

    private sealed class CategoryLog(FileLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            JsonObject line = new()
            {
                ["at"] = log.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                ["level"] = logLevel.ToString(),
                ["category"] = category,
                ["message"] = formatter(state, exception),
            };
            foreach ((string name, object? value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                if (name != "{OriginalFormat}")
                    line[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
            }
            if (exception is not null)
                line["exception"] = exception.ToString();
            log.Write(line);
        }
    }

    private TimeProvider Time => time;
}
