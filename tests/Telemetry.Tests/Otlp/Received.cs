namespace CatGan.Telemetry.Tests.Otlp;

/// <summary>A span, as it arrived.</summary>
internal sealed record ReceivedSpan(
    string Service, string Instance, string Source, string Name, string TraceId, string SpanId, string ParentId,
    ulong Start, ulong End, bool Failed, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A log line, as it arrived.</summary>
internal sealed record ReceivedLog(string Service, string Category, string Level, string Text, string TraceId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A metric, as it arrived.</summary>
internal sealed record ReceivedMetric(string Service, string Meter, string Name, string Unit, string Description);

/// <summary>Reads OTLP's three requests, by the field numbers of opentelemetry-proto 1.</summary>
internal static class Received
{
    public static IEnumerable<ReceivedSpan> Spans(Wire request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ReceivedSpan(
            Service(resource), Instance(resource), Scope(scope), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), span.Number(7), span.Number(8),
            span.Messages(15).Any(s => s.Number(3) == 2), span.Attributes(9));

    public static IEnumerable<ReceivedLog> Logs(Wire request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from line in scope.Messages(2)
        select new ReceivedLog(Service(resource), Scope(scope), line.Text(3), line.Messages(5).FirstOrDefault()?.AnyValue() ?? "", line.Hex(9), line.Attributes(6));

    public static IEnumerable<ReceivedMetric> Metrics(Wire request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        select new ReceivedMetric(Service(resource), Scope(scope), metric.Text(1), metric.Text(3), metric.Text(2));

    private static string Service(Wire resource) => Resource(resource).GetValueOrDefault("service.name", "");

    private static string Instance(Wire resource) => Resource(resource).GetValueOrDefault("service.instance.id", "");

    private static IReadOnlyDictionary<string, string> Resource(Wire resource) => resource.Messages(1).Single().Attributes(1);

    private static string Scope(Wire scope) => scope.Messages(1).FirstOrDefault()?.Text(1) ?? "";
}
