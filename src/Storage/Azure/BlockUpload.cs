using System.Globalization;
using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace CatGan.Storage;

/// <summary>
/// One streamed write: blocks are staged while they come and become the blob in one commit. What fits one block
/// is one request. The write's id stands in the blob's metadata: when a commit's answer got lost and the retry
/// finds the condition broken by its own first try, the id tells.
/// </summary>
internal sealed class BlockUpload(BlockBlobClient blob, BlobRequestConditions? conditions) : IDisposable
{
    /// <summary>Bytes a block.</summary>
    public const int BlockSize = 4 << 20;

    private const string IdKey = "catgan_write";
    private readonly MemoryStream _block = new();
    private readonly List<string> _staged = [];
    private readonly string _id = Guid.NewGuid().ToString("n");

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (_block.Length == BlockSize)
                await StageAsync(cancellationToken).ConfigureAwait(false);
            var taken = (int)Math.Min(bytes.Length, BlockSize - _block.Length);
            _block.Write(bytes.Span[..taken]);
            bytes = bytes[taken..];
        }
    }

    /// <summary>Makes the blob; its version.</summary>
    public async Task<BlobVersion> CommitAsync(CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [IdKey] = _id };
        if (_staged.Count == 0)
        {
            _block.Position = 0;
            var put = await blob.UploadAsync(_block, new BlobUploadOptions { Conditions = conditions, Metadata = metadata }, cancellationToken).ConfigureAwait(false);
            return AzureBlobStore.Version(put.Value.ETag);
        }
        await StageAsync(cancellationToken).ConfigureAwait(false);
        var commit = await blob.CommitBlockListAsync(_staged, new CommitBlockListOptions { Conditions = conditions, Metadata = metadata }, cancellationToken).ConfigureAwait(false);
        return AzureBlobStore.Version(commit.Value.ETag);
    }

    /// <summary>True when a blob with these properties is what this write made.</summary>
    public bool Made(BlobProperties properties) => properties.Metadata.TryGetValue(IdKey, out var id) && id == _id;

    public void Dispose() => _block.Dispose();

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        // All ids of a blob must have one length.
        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_id}{_staged.Count:D6}")));
        _block.Position = 0;
        await blob.StageBlockAsync(id, _block, cancellationToken: cancellationToken).ConfigureAwait(false);
        _staged.Add(id);
        _block.SetLength(0);
    }
}
