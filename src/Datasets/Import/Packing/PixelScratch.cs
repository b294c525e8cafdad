using System.Security.Cryptography;

namespace CatGan.Datasets.Import.Packing;

/// <summary>Pixels of a data set whose number of pictures is not known yet: a scratch file and the hash of what is in it.</summary>
internal sealed class PixelScratch(string folder) : IDisposable
{
    private readonly FileStream _file = ScratchFile.Create(folder);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public int Count { get; private set; }

    /// <summary>SHA-256 of all pixels added so far, in lower-case hex.</summary>
    public string ContentHash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public async ValueTask AddAsync(byte[] picture, CancellationToken cancellationToken)
    {
        _hash.AppendData(picture);
        await _file.WriteAsync(picture, cancellationToken);
        Count++;
    }

    /// <summary>Reads all pixels from the beginning, in parts.</summary>
    public async Task CopyToAsync(Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        _file.Position = 0;
        byte[] buffer = new byte[1 << 20];
        for (int read; (read = await _file.ReadAsync(buffer, cancellationToken)) > 0;)
            await write(buffer.AsMemory(0, read));
        _file.Position = _file.Length;
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }
}
