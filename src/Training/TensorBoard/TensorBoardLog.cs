using CatGan.Abstractions.Experiments;
using TorchSharp;
using TorchSharp.Modules;

namespace CatGan.Training.TensorBoard;

/// <summary>
/// Writes reports as a TensorBoard event file: losses, speed and every score with its floor, over images. Each
/// attempt of an experiment makes a file of its own in the folder; TensorBoard shows them as one run.
/// </summary>
internal sealed class TensorBoardLog
{
    private readonly SummaryWriter _writer;

    /// <param name="folder">Where the file goes; made when it is not there.</param>
    public TensorBoardLog(string folder)
    {
        Directory.CreateDirectory(folder);
        _writer = torch.utils.tensorboard.SummaryWriter(folder);
    }

    /// <summary>Adds one report; it is in the file when this returns.</summary>
    public void Add(CurvePoint point)
    {
        Write("loss/discriminator", point.LossD, point);
        Write("loss/generator", point.LossG, point);
        Write("speed/images_per_second", point.ImagesPerSecond, point);
        Write("progress/updates", point.Updates, point);
        var kind = point.Full ? "full" : "quick"; // their counts differ, so the two are no one curve
        foreach (var (metric, score) in point.Scores)
        {
            Write($"{metric}/{kind}", score.Value, point);
            Write($"{metric}/{kind}_floor", score.Floor, point);
            foreach (var (part, value) in score.Parts.Index())
            {
                Write($"{metric}/{kind}_part_{part}", value, point);
            }
        }
    }

    private void Write(string tag, double? value, CurvePoint point)
    {
        if (value is { } number)
        {
            _writer.add_scalar(tag, (float)number, (int)Math.Min(point.Images, int.MaxValue));
        }
    }
}
