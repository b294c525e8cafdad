using CatGan.Datasets;
using CatGan.Storage;

namespace CatGan.Grains.Workers;

/// <summary>Opens each data set once for all slots that train on it, and closes it after the last.</summary>
internal sealed class SharedPictures(IBlobStore store, PictureCache cache)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Reference, int Size), Entry> _open = [];

    public async Task<Lease> OpenAsync(string reference, int size, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_lock)
        {
            if (!_open.TryGetValue((reference, size), out entry!))
            {
                Task<PictureSet> opening = PictureSets.OpenAsync(store, reference, size, cache, CancellationToken.None);
                _open.Add((reference, size), entry = new Entry(reference, size, opening));
            }
            entry.Users++;
        }
        try
        {
            return new Lease(this, entry, await entry.Opening.WaitAsync(cancellationToken));
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    private void Release(Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Users > 0)
                return;
            _open.Remove((entry.Reference, entry.Size));
        }
        // The opening may still be under way for someone who no longer waits.
        entry.Opening.ContinueWith(o => o.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    /// <summary>The right to read a picture set until this is disposed of.</summary>
    internal sealed class Lease(SharedPictures owner, Entry entry, PictureSet set) : IDisposable
    {
        public PictureSet Set { get; } = set;

        public void Dispose() => owner.Release(entry);
    }

    internal sealed class Entry(string reference, int size, Task<PictureSet> opening)
    {
        public string Reference { get; } = reference;

        public int Size { get; } = size;

        public Task<PictureSet> Opening { get; } = opening;

        public int Users { get; set; }
    }
}
