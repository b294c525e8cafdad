using System.Collections;

namespace CatGan.Search;

/// <summary>
/// The experiments of a sweep in the order of their numbers. Of those that have ended all but the newest lie as their
/// line of the snapshot, which takes half the memory, no work of the garbage collector, and no time in a snapshot; such
/// a one is read again whenever it is asked for.
/// </summary>
internal sealed class ExperimentShelf : IReadOnlyList<Experiment>
{
    /// <summary>Ended experiments that stay as they are: their workers, checkpoints and reports still ask for them.</summary>
    public const int Newest = 512;

    private readonly List<Slot> _slots = [];
    private readonly Queue<int> _ended = [];

    public int Count => _slots.Count;

    /// <summary>The experiment at an index: its number less one.</summary>
    public Experiment this[int index] => _slots[index].Read();

    public void Add(Experiment experiment)
    {
        _slots.Add(new Slot(experiment));
        Follow(experiment);
    }

    public void Set(Experiment experiment)
    {
        bool ended = _slots[experiment.Number - 1].Open?.Stage == ExperimentStage.Ended;
        _slots[experiment.Number - 1] = new Slot(experiment);
        if (!ended)
            Follow(experiment);
    }

    /// <summary>All of them as they are now, whatever comes later. Costs a copy of references.</summary>
    public Slot[] Capture() => [.. _slots];

    public IEnumerator<Experiment> GetEnumerator()
    {
        for (int i = 0; i < _slots.Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Follow(Experiment experiment)
    {
        if (experiment.Stage != ExperimentStage.Ended)
            return;
        _ended.Enqueue(experiment.Number - 1);
        // Two for each that comes, so that the queue gets shorter again after some had to stay.
        for (int i = 0; i < 2 && _ended.Count > Newest; i++)
            Pack(_ended.Dequeue());
    }

    // One whose checkpoints are still to be deleted goes to the end of the queue: its turn comes again.
    private void Pack(int index)
    {
        if (_slots[index].Open is not { Stage: ExperimentStage.Ended } ended)
            return;
        if (ended.Deleting.IsEmpty)
            _slots[index] = new Slot(SweepJson.Line(ended));
        else
            _ended.Enqueue(index);
    }

    /// <summary>One experiment: as it is, or as its line.</summary>
    internal readonly struct Slot
    {
        private readonly byte[]? _line;

        public Slot(Experiment open) => Open = open;

        public Slot(byte[] line) => _line = line;

        /// <summary>The experiment when it does not lie as a line.</summary>
        public Experiment? Open { get; }

        public byte[] Line => _line ?? SweepJson.Line(Open!);

        public Experiment Read() => Open ?? SweepJson.Read<Experiment>(_line, "experiment");
    }
}
