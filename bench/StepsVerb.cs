using System.CommandLine;
using System.Text.Json;
using CatGan.Training.Replay;

namespace CatGan.Bench;

/// <summary>Replays recorded PyTorch training steps; one JSON line a file, exit code 1 where one is off.</summary>
internal sealed class StepsVerb : IVerb
{
    public Command Command()
    {
        Argument<string[]> files = new("FILE") { Description = "Records (safetensors).", Arity = ArgumentArity.OneOrMore };
        Command command = new("steps", "Replays recorded training steps and prints how far the result is from the record.") { files };
        command.SetAction(parsed => parsed.GetRequiredValue(files).Select(Replay).ToArray().All(ok => ok) ? 0 : 1);
        return command;
    }

    private static bool Replay(string file)
    {
        try
        {
            ReplayError error = StepReplay.Run(file);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                file,
                variant = error.Variant,
                max_loss_error = Finite(error.MaxLossError),
                weight_error = Finite(error.WeightError),
                buffer_error = Finite(error.BufferError),
                ok = error.IsOk,
            }));
            return error.IsOk;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or CatGan.Storage.SafetensorsException)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { file, ok = false, error = e.Message }));
            return false;
        }
    }

    /// <summary>JSON has no NaN; a record that diverged differently is as wrong as can be.</summary>
    private static double Finite(double value) => double.IsFinite(value) ? value : double.MaxValue;
}
