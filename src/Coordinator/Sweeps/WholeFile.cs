using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Sweeps;

/// <summary>Files that are whole or not there, whatever breaks off the writing.</summary>
internal static class WholeFile
{
    /// <summary>Writes one over any older one.</summary>
    public static async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        string part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            await using (FileStream to = new(part, FileMode.CreateNew, FileAccess.Write))
                await write(to);
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Refuses an <c>--out</c> that could not be written, before any work is done for it.</summary>
    public static string CheckTarget(Surroundings surroundings, string typed)
    {
        string file = surroundings.Path(typed);
        if (Directory.Exists(file))
            throw new UserException(ExitCode.BadInput, $"--out is {typed}, which is a folder", "name a file in it");
        if (Path.GetDirectoryName(file) is { } folder && !Directory.Exists(folder))
            throw new UserException(ExitCode.BadInput, $"--out is {typed}, but the folder {folder} is not there", "make it first");
        return file;
    }
}
