using CatGan.Abstractions.Grains;
using CatGan.Datasets;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.App;

/// <summary>Words every exception that leaves a command: <c>error: …</c>, hints, and its exit code.</summary>
internal static class ErrorWords
{
    /// <summary>Prints the fault and answers with its exit code.</summary>
    public static int Write(Exception exception, Surroundings surroundings, bool verbose)
    {
        (int code, string message, IReadOnlyList<string> hints) = Word(exception, surroundings);
        surroundings.Error.WriteLine(code == ExitCode.Interrupted ? message : $"error: {message}");
        foreach (string hint in hints)
            surroundings.Error.WriteLine($"hint: {hint}");
        if (verbose)
            surroundings.Error.WriteLine(exception);
        return code;
    }

    /// <summary>What is wrong, what to do about it, and the exit code.</summary>
    public static (int Code, string Message, IReadOnlyList<string> Hints) Word(Exception exception, Surroundings surroundings) => exception switch
    {
        UserException user => (user.ExitCode, user.Message, user.Hints),
        OperationCanceledException when surroundings.Interrupted.IsCancellationRequested => (ExitCode.Interrupted, "interrupted", []),
        BlobStoreException => (ExitCode.Unreachable, exception.Message, []),
        DatasetException => (ExitCode.NotFound, exception.Message, []),
        TimeoutException => (ExitCode.Unreachable, $"the silo did not answer in time: {exception.Message}", ["what was asked for may have happened all the same; `catgan status` tells"]),
        SweepUnavailableException => (ExitCode.Unreachable, exception.Message, ["what was asked for may have happened all the same; `catgan status` tells"]),
        SweepDamagedException => (ExitCode.Failed, exception.Message, []),
        JournalException or SweepFormatException => (ExitCode.Failed, exception.Message, []),
        _ when exception.GetType().Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true =>
            (ExitCode.Unreachable, $"the silo could not be asked: {exception.Message}", ["try again; `catgan status` tells where a sweep stands"]),
        FileNotFoundException or DirectoryNotFoundException => (ExitCode.NotFound, exception.Message, []),
        UnauthorizedAccessException => (ExitCode.Failed, exception.Message, ["check who owns the file or folder"]),
        IOException => (ExitCode.Failed, exception.Message, []),
        _ => (ExitCode.Failed, $"{exception.GetType().Name}: {exception.Message}", ["--verbose shows where it happened"]),
    };
}
