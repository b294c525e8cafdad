using CatGan.Abstractions.Experiments;
using CatGan.Datasets;
using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// What scores hold fakes against, worked out once for each data set, device and score size and shared by all
/// experiments that a process trains: it takes twice as long as a score. It depends on the pictures alone, so
/// sharing changes no score. What nobody uses any more is let go, but for the last few. For any thread.
/// </summary>
public sealed class RealSides : IDisposable
{
    // The quick and the full side of one data set stay for the next experiment: about 200 MB at 64x64.
    private const int KeptUnused = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Entry> _entries = [];
    private long _rents;

    /// <summary>The metrics' real sides by name; the lease is disposed of by whoever took it.</summary>
    internal Lease Rent(PictureSet data, Device device, ScoreSize size)
    {
        var key = new Key(data.ContentHash, device.ToString(), size);
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                _entries.Add(key, entry = new Entry(() => RealPictures.Prepare(data, device, size)));
            }

            (entry.Users, entry.Rented) = (entry.Users + 1, ++_rents);
        }

        try
        {
            return new Lease(entry.Sides.Value, () => Return(entry)); // a second one waits for the first to be done
        }
        catch
        {
            Forget(key, entry);
            throw;
        }
    }

    /// <summary>Lets everything go; nobody uses any of it any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values)
            {
                entry.Dispose();
            }

            _entries.Clear();
        }
    }

    private void Return(Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            foreach (var (key, old) in _entries.Where(e => e.Value.Users == 0).OrderByDescending(e => e.Value.Rented).Skip(KeptUnused).ToList())
            {
                _entries.Remove(key);
                old.Dispose();
            }
        }
    }

    // A failure, such as of memory, may not come again: the next one tries anew.
    private void Forget(Key key, Entry entry)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(key) == entry)
            {
                _entries.Remove(key);
            }
        }
    }

    internal sealed class Lease(IReadOnlyDictionary<string, IRealSide> sides, Action giveBack) : IDisposable
    {
        public IReadOnlyDictionary<string, IRealSide> Sides => sides;

        public void Dispose() => giveBack();
    }

    private sealed record Key(string Pictures, string Device, ScoreSize Size);

    private sealed class Entry(Func<IReadOnlyDictionary<string, IRealSide>> prepare) : IDisposable
    {
        public Lazy<IReadOnlyDictionary<string, IRealSide>> Sides { get; } = new(prepare);

        public int Users { get; set; }

        public long Rented { get; set; }

        public void Dispose()
        {
            if (Sides.IsValueCreated)
            {
                foreach (var side in Sides.Value.Values)
                {
                    side.Dispose();
                }
            }
        }
    }
}
