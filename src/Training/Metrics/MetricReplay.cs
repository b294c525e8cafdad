using CatGan.Storage;
using static TorchSharp.torch;

namespace CatGan.Training.Metrics;

/// <summary>
/// Works out a reference file's metrics anew, in float64: the same arithmetic that scores experiments in float32.
/// The file holds two sets of pictures, where to cut patches, directions and the expected figures; any number
/// of pictures, size, levels and repeats will do. See docs/metrics.md.
/// </summary>
/// <param name="Swd">Distance a level, highest resolution first.</param>
/// <param name="MsSsim">Similarity of each pair of successive pictures.</param>
/// <param name="MaxRelativeError">Largest |got − expected| / max(|expected|, 1e-3) over both.</param>
internal sealed record MetricReplay(IReadOnlyList<double> Swd, IReadOnlyList<double> MsSsim, double MaxRelativeError)
{
    /// <summary>Replays one file.</summary>
    /// <exception cref="SafetensorsException">It cannot be read, or a tensor is not there.</exception>
    public static MetricReplay Of(string path)
    {
        using var file = SafetensorsFile.Open(path);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var swd = Distances(file);
        var similarities = Similarities(file);
        var expected = file.ReadAs<double>("swd.expect").Concat(file.ReadAs<double>("ms_ssim.expect"));
        var error = swd.Concat(similarities).Zip(expected, (got, wanted) => Math.Abs(got - wanted) / Math.Max(Math.Abs(wanted), 1e-3)).Max();
        return new MetricReplay(swd, similarities, error);
    }

    private static double[] Distances(SafetensorsFile file)
    {
        var (a, b) = (Read<byte>(file, "input.a").to_type(ScalarType.Float64), Read<byte>(file, "input.b").to_type(ScalarType.Float64));
        var directions = Read<float>(file, "swd.directions").to_type(ScalarType.Float64);
        var levels = file.ReadAs<double>("swd.expect").Length;
        using var pyramid = new LaplacianPyramid((int)a.shape[^1], levels, ScalarType.Float64, CPU);
        var distances = new double[levels];
        for (var level = 0; level < levels; level++)
        {
            using var scope = NewDisposeScope();
            distances[level] = Metrics.Swd.Distance(Patches(file, pyramid, a, level, "a"), Patches(file, pyramid, b, level, "b"), directions);
        }

        return distances;
    }

    private static Tensor Patches(SafetensorsFile file, LaplacianPyramid pyramid, Tensor pictures, int level, string set)
    {
        var patches = PatchDescriptors.Cut(pyramid.Level(pictures, level), Read<long>(file, $"swd.level{level}.{set}.centres"));
        PatchDescriptors.Normalise(patches);
        return patches;
    }

    private static double[] Similarities(SafetensorsFile file)
    {
        var pictures = Read<byte>(file, "input.a");
        var pairs = file.ReadAs<double>("ms_ssim.expect").Length;
        var both = pictures.narrow(0, 0, 2 * pairs).view(pairs, 2, 3, pictures.shape[2], pictures.shape[3]);
        using var measure = new MsSsim((int)pictures.shape[^1], ScalarType.Float64, CPU);
        return measure.Similarities(both.select(1, 0), both.select(1, 1));
    }

    private static Tensor Read<T>(SafetensorsFile file, string name)
        where T : unmanaged
    {
        var values = file.ReadAs<T>(name); // says so where there is no such tensor
        return file.TryGet(name, out var entry) ? from_array(values).view([.. entry.Shape]) : from_array(values);
    }
}
