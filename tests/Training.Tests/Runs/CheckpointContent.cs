using System.Text.Json.Nodes;
using CatGan.Storage;

namespace CatGan.Training.Tests.Runs;

/// <summary>What is in a checkpoint, so that two can be compared: every byte but the clock's.</summary>
internal static class CheckpointContent
{
    public static SortedDictionary<string, string> Read(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        SortedDictionary<string, string> content = new(StringComparer.Ordinal);
        foreach (TensorEntry tensor in file.Tensors)
            content.Add(tensor.Name, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Bytes(file, tensor))));
        foreach ((string key, string value) in file.Metadata)
            content.Add("metadata " + key, key == "progress" ? WithoutClock(value) : value);
        return content;
    }

    private static byte[] Bytes(SafetensorsFile file, TensorEntry tensor)
    {
        byte[] bytes = new byte[tensor.Length];
        file.Read(tensor, 0, bytes);
        return bytes;
    }

    private static string WithoutClock(string progress)
    {
        JsonObject node = JsonNode.Parse(progress)!.AsObject();
        node.Remove("Seconds");
        node.Remove("ReportSeconds");
        if (node["Last"] is JsonObject last)
        {
            last.Remove("seconds");
            last.Remove("images_per_second");
        }
        return node.ToJsonString();
    }
}
