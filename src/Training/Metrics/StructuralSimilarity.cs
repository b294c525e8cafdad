using CatGan.Abstractions.Experiments;
using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// Mean MS-SSIM of pairs of fakes (Odena et al. 2017, arXiv:1610.09585, section 4.2): how alike the fakes are to each
/// other, whatever they show. The floor is the same of pairs of reals; far above it the generator has collapsed. The spread is
/// the standard deviation over four quarters of the pairs.
/// </summary>
internal sealed class StructuralSimilarity : IMetric
{
    /// <inheritdoc/>
    public string Name => "ms_ssim";

    /// <inheritdoc/>
    // Equal steps up to where every generator has collapsed.
    public IReadOnlyList<double> Boundaries { get; } = [.. Enumerable.Range(1, 25).Select(i => i / 50.0), 0.6, 0.7, 0.8, 0.9, 1];

    /// <inheritdoc/>
    public IRealSide Prepare(Tensor reals, Tensor others, int patches) => new RealSide(reals);

    private sealed class RealSide : IRealSide
    {
        private const int PairsAtOnce = 32;
        private const int Quarters = 4;

        private readonly MsSsim _measure;
        private readonly double _floor;

        public RealSide(Tensor reals)
        {
            _measure = new MsSsim((int)reals.shape[^1], ScalarType.Float32, reals.device);
            _floor = Pairs(reals).DefaultIfEmpty(0).Average();
        }

        public Score Measure(Tensor fakes, SeededChance chance)
        {
            var pairs = Pairs(fakes);
            var quarters = pairs.Length < Quarters ? [] : Enumerable.Range(0, Quarters)
                .Select(q => pairs[(q * pairs.Length / Quarters)..((q + 1) * pairs.Length / Quarters)].Average()).ToArray();
            return new Score(pairs.DefaultIfEmpty(0).Average(), _floor, Statistics.Deviation(quarters), pairs.Length, 0);
        }

        public void Dispose() => _measure.Dispose();

        // The first picture with the second, the third with the fourth and so on; they are in random order already.
        private double[] Pairs(Tensor pictures)
        {
            using var scope = NewDisposeScope();
            var pairs = new List<double>();
            for (var first = 0L; first + 1 < pictures.shape[0]; first += 2 * PairsAtOnce)
            {
                using var batchScope = NewDisposeScope();
                var count = Math.Min(PairsAtOnce, (pictures.shape[0] - first) / 2);
                var both = pictures.narrow(0, first, 2 * count).view(count, 2, 3, pictures.shape[2], pictures.shape[3]);
                pairs.AddRange(_measure.Similarities(both.select(1, 0), both.select(1, 1)));
            }

            return [.. pairs];
        }
    }
}
