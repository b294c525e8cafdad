using System.Runtime.InteropServices;
using CatGan.Abstractions.Experiments;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// Sliced Wasserstein distance of 7x7 patches at each scale, x 1e3 (Karras et al. 2018, section 5): how different
/// fakes look from reals, in variety as in looks. The value is the mean over the levels, its spread the standard
/// deviation over four sets of random directions. Lower is better, down to the floor.
/// </summary>
internal sealed class SlicedWasserstein : IMetric
{
    // Patches and directions of the real side are the same for every experiment on the same pictures.
    internal const long DirectionsSeed = 1, RealSeed = 2, OtherSeed = 3;

    /// <inheritdoc/>
    public string Name => "swd";

    /// <inheritdoc/>
    // Steps of 15 % where trained variants lie (docs/results.md), coarse beyond.
    public IReadOnlyList<double> Boundaries { get; } =
    [
        1, 2, 3, 4, 5, 5.75, 6.6, 7.6, 8.75, 10, 11.5, 13.25, 15.25, 17.5, 20, 23, 26.5, 30.5, 35, 40, 46, 53, 61, 70, 80, 92, 106, 122, 140, 160, 200, 300, 500, 1000,
    ];

    /// <inheritdoc/>
    public IRealSide Prepare(Tensor reals, Tensor others, int patches) => new RealSide(reals, others, patches);

    private sealed class RealSide : IRealSide
    {
        private const int PicturesAtOnce = 64;

        private readonly int _pictures;
        private readonly int _patches;
        private readonly int _size;
        private readonly int _levels;
        private readonly LaplacianPyramid _pyramid;
        private readonly Tensor _directions;
        private readonly SortedColumn[,,] _sorted; // [level, repeat, direction]
        private readonly double _floor;

        public RealSide(Tensor reals, Tensor others, int patches)
        {
            using var scope = NewDisposeScope();
            (_pictures, _patches, _size) = ((int)reals.shape[0], patches, (int)reals.shape[^1]);
            _levels = LaplacianPyramid.LevelsOf(_size);
            _pyramid = new LaplacianPyramid(_size, _levels, ScalarType.Float32, reals.device);
            _directions = Swd.RandomDirections(SeededChance.Of(DirectionsSeed), ScalarType.Float32, reals.device).DetachFromDisposeScope();
            _sorted = new SortedColumn[_levels, Swd.Repeats, Swd.Directions];
            Visit(reals, SeededChance.Of(RealSeed), (level, repeat, direction, values) => _sorted[level, repeat, direction] = new SortedColumn(values));
            _floor = Measure(others, SeededChance.Of(OtherSeed)).Value;
        }

        private delegate void SortedVisitor(int level, int repeat, int direction, ReadOnlySpan<float> sorted);

        public Score Measure(Tensor fakes, SeededChance chance)
        {
            var distances = new double[_levels, Swd.Repeats];
            var unit = Swd.Scale / ((double)_pictures * _patches * Swd.Directions);
            Visit(fakes, chance, (level, repeat, direction, values) =>
                distances[level, repeat] += unit * _sorted[level, repeat, direction].SumOfDifferences(values));
            var repeats = Enumerable.Range(0, Swd.Repeats).Select(r => Enumerable.Range(0, _levels).Average(l => distances[l, r])).ToArray();
            return new Score(repeats.Average(), _floor, Statistics.Deviation(repeats), _pictures, _patches)
            {
                Parts = [.. Enumerable.Range(0, _levels).Select(l => Enumerable.Range(0, Swd.Repeats).Average(r => distances[l, r]))],
            };
        }

        public void Dispose()
        {
            _pyramid.Dispose();
            _directions.Dispose();
        }

        // Shows every sorted projection of these pictures. One level's patches and one repeat's projections are all
        // that is held at a time: 150 MB at 2,048 pictures of 64 patches.
        private void Visit(Tensor pictures, SeededChance chance, SortedVisitor visit)
        {
            for (var level = 0; level < _levels; level++)
            {
                using var scope = NewDisposeScope();
                var patches = Patches(pictures, level, chance);
                for (var repeat = 0; repeat < Swd.Repeats; repeat++)
                {
                    using var repeatScope = NewDisposeScope();
                    VisitSorted(Swd.Project(patches, _directions[repeat]), level, repeat, visit);
                }
            }
        }

        private Tensor Patches(Tensor pictures, int level, SeededChance chance)
        {
            using var scope = NewDisposeScope();
            var patches = empty(pictures.shape[0] * _patches, PatchDescriptors.Length, device: pictures.device);
            for (var first = 0; first < pictures.shape[0]; first += PicturesAtOnce)
            {
                using var batchScope = NewDisposeScope();
                var count = (int)Math.Min(PicturesAtOnce, pictures.shape[0] - first);
                var scaled = _pyramid.Level(pictures.narrow(0, first, count).to_type(ScalarType.Float32), level);
                var centres = PatchDescriptors.RandomCentres(count, _patches, (int)scaled.shape[^1], chance, pictures.device);
                patches.narrow(0, (long)first * _patches, (long)count * _patches).copy_(PatchDescriptors.Cut(scaled, centres));
            }

            PatchDescriptors.Normalise(patches);
            return patches.MoveToOuterDisposeScope();
        }

        private static void VisitSorted(Tensor projections, int level, int repeat, SortedVisitor visit)
        {
            var onCpu = projections.device_type == DeviceType.CPU;
            var rows = onCpu ? projections.contiguous() : projections.sort(1).Values.cpu(); // [directions, patches]
            var values = MemoryMarshal.Cast<byte, float>(rows.bytes);
            var count = (int)rows.shape[1];
            var scratch = new float[onCpu ? count : 0];
            for (var direction = 0; direction < rows.shape[0]; direction++)
            {
                var row = values.Slice(direction * count, count);
                if (onCpu)
                {
                    FloatSort.Sort(row, scratch);
                }

                visit(level, repeat, direction, row);
            }
        }
    }
}
