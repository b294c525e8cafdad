namespace CatGan.Datasets;

/// <summary>Files of a cache folder that are whole or absent, whoever else makes them at the same time.</summary>
internal static class CacheFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="check">Looks at the finished file, under a passing name, and throws when it must not be used.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, Action<string>? check = null)
    {
        string folder = Path.GetDirectoryName(path)!;
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(folder);
            await using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
                await write(stream);
            check?.Invoke(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"The cache folder {folder} cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
