using System.IO.Compression;

namespace CatGan.Datasets.Import.Sources;

/// <summary>The catalogue of sources: a folder, or an archive known by its first bytes, whatever its name.</summary>
internal static class PictureSources
{
    private static ReadOnlySpan<byte> Gzip => [0x1f, 0x8b];

    public static IPictureSource Open(string path, string scratchFolder, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(path))
                return new FolderSource(path);
            if (!File.Exists(path))
                throw new DatasetException($"There is no folder or file '{path}' to import.");
            return OpenArchive(path, scratchFolder, cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static IPictureSource OpenArchive(string path, string scratchFolder, CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            byte[] head = new byte[262];
            int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            ReadOnlySpan<byte> start = head.AsSpan(0, read);
            if (start.StartsWith("PK"u8))
            {
                stream.Dispose();
                return new ZipSource(path);
            }

            if (start.StartsWith(Gzip))
                return new TarSource(Unzipped(stream, scratchFolder, cancellationToken), cancellationToken);
            bool tar = path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) || start[Math.Min(read, 257)..].StartsWith("ustar"u8);
            return tar
                ? new TarSource(stream, cancellationToken)
                : throw new DatasetException($"'{path}' is neither a folder nor a tar, tar.gz or zip file: unpack it, or give the folder that holds the pictures.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStream Unzipped(FileStream zipped, string scratchFolder, CancellationToken cancellationToken)
    {
        FileStream tar = ScratchFile.Create(scratchFolder);
        try
        {
            using GZipStream unzip = new(zipped, CompressionMode.Decompress);
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = unzip.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tar.Write(buffer, 0, read);
            }

            tar.Flush();
            tar.Position = 0;
            return tar;
        }
        catch
        {
            tar.Dispose();
            throw;
        }
    }
}
