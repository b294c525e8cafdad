namespace CatGan.Coordinator.Serve.Api;

/// <summary>A fault as problem details (RFC 9457).</summary>
/// <param name="Type">Which kind of fault: <c>urn:catgan:problem:</c> and a name.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The status of the answer; the one that it would have had, where another was asked for.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Hints">What to do next; null when there is nothing to say.</param>
/// <param name="Faults">The faults of a spec; null of anything else.</param>
/// <param name="TraceId">Trace of the request; null when none was taken.</param>
// Only told of in the document: what is answered is made by Problems, of the framework's own type.
internal sealed record ProblemDto(string Type, string Title, int Status, string Detail, IReadOnlyList<string>? Hints, IReadOnlyList<SpecFaultDto>? Faults, string? TraceId);
