namespace CatGan.Datasets;

/// <summary>Temporary files that do not outlive their stream.</summary>
internal static class ScratchFile
{
    public static FileStream Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, $"catgan-{Guid.NewGuid():N}.scratch");
            FileStream stream = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
            // Unix: without its name the file goes even when the process is killed.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"No scratch file can be made in {folder}: {e.Message}", e);
        }
    }
}
