using CatGan.Coordinator.App;
using CatGan.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>Tells every fault as problem details (RFC 9457), in the words of the command line.</summary>
internal sealed class Problems(Surroundings surroundings, IBlobStore store, IProblemDetailsService writer, ILogger<Problems> log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        // The endpoint has been taken off the request by now.
        Type? body = context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        ProblemDetails problem = exception is BadHttpRequestException request
            ? Of(request.StatusCode, BindingWords.Of(request, body), [])
            : BindingWords.OfQuery(exception) is { } words ? Of(StatusCodes.Status400BadRequest, words, []) : Of(exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
            log.LogWarning(exception, "{Method} {Path} failed: {Detail}", context.Request.Method, context.Request.Path.Value, problem.Detail);
        context.Response.StatusCode = problem.Status!.Value;
        if (!Pages.FaultPage.IsWanted(context))
            return await writer.TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem });
        await Pages.FaultPage.WriteAsync(context, problem);
        return true;
    }

    /// <summary>A fault as problem details.</summary>
    public ProblemDetails Of(Exception exception)
    {
        (int code, string message, IReadOnlyList<string> hints) = ErrorWords.Word(exception, surroundings);
        int status = exception switch
        {
            UserException { Faults.Count: > 0 } => StatusCodes.Status422UnprocessableEntity,
            UserException { IsRefusal: true } => StatusCodes.Status409Conflict,
            _ => code switch
            {
                ExitCode.BadInput => StatusCodes.Status400BadRequest,
                ExitCode.NotFound => StatusCodes.Status404NotFound,
                ExitCode.Unreachable => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        };
        // What nobody worded may name anything; the log has it.
        bool worded = status != StatusCodes.Status500InternalServerError || exception is UserException or JournalException or Search.SweepFormatException or Abstractions.Grains.SweepDamagedException;
        ProblemDetails problem = Of(status, worded ? WithoutPaths(store, (exception as UserException)?.Brief ?? message) : "something went wrong that should not; the server's log tells what", worded ? [.. hints.Select(h => WithoutPaths(store, h))] : []);
        if (exception is UserException { Faults: { Count: > 0 } faults })
            problem.Extensions["faults"] = faults.Select(f => new SpecFaultDto(f.Line, f.Column, f.Message)).ToArray();
        return problem;
    }

    /// <summary>Where the store lies is the server's own affair.</summary>
    public static string WithoutPaths(IBlobStore store, string message)
    {
        string place = store.Uri.StartsWith("file:", StringComparison.Ordinal) ? store.Uri["file:".Length..] : store.Uri;
        return message.Replace(store.Uri, "the store", StringComparison.Ordinal).Replace(place, "(the store)", StringComparison.Ordinal);
    }

    /// <summary>Problem details of a status.</summary>
    public static ProblemDetails Of(int status, string detail, IReadOnlyList<string> hints)
    {
        (string name, string title) = Known(status);
        ProblemDetails problem = new() { Status = status, Title = title, Detail = detail, Type = $"urn:catgan:problem:{name}" };
        if (hints.Count > 0)
            problem.Extensions["hints"] = hints;
        return problem;
    }

    private static (string Name, string Title) Known(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ("bad-request", "The request cannot be understood"),
        StatusCodes.Status401Unauthorized => ("unauthenticated", "Who asks is not known"),
        StatusCodes.Status403Forbidden => ("forbidden", "This is not allowed"),
        StatusCodes.Status404NotFound => ("not-found", "There is no such thing"),
        StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", "The address does not take this method"),
        StatusCodes.Status408RequestTimeout => ("too-slow", "The body comes too slowly"),
        StatusCodes.Status409Conflict => ("refused", "It is refused as things are"),
        StatusCodes.Status412PreconditionFailed => ("changed", "It is another than the request takes it for"),
        StatusCodes.Status413PayloadTooLarge => ("too-large", "The body is too large"),
        StatusCodes.Status415UnsupportedMediaType => ("unsupported-media-type", "The body is of a type that is not taken"),
        StatusCodes.Status416RangeNotSatisfiable => ("range-not-satisfiable", "It has no such range"),
        StatusCodes.Status422UnprocessableEntity => ("faulty-spec", "The spec has faults"),
        StatusCodes.Status429TooManyRequests => ("too-many-requests", "Too many requests"),
        StatusCodes.Status502BadGateway => ("provider", "The sign-in provider is of no help"),
        StatusCodes.Status503ServiceUnavailable => ("unreachable", "No silo or store can be reached"),
        _ => ("failed", "It failed"),
    };
}
