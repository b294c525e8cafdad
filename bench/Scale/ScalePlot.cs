using System.CommandLine;
using System.Text.Json;

namespace CatGan.Bench.Scale;

/// <summary>Draws what `scale` and the Optuna script have measured, from their JSON lines, as one SVG of two charts.</summary>
internal static class ScalePlot
{
    public static Command Command()
    {
        Argument<string> lines = new("LINES") { Description = "File with the JSON lines of `scale` and of bench/optuna.sh." };
        Option<string> output = new("--out") { Description = "SVG file to write.", Required = true };
        Command command = new("plot", "Draws throughput and report times against the number of experiments.") { lines, output };
        command.SetAction(parsed => File.WriteAllText(parsed.GetRequiredValue(output), Draw(File.ReadLines(parsed.GetRequiredValue(lines)))));
        return command;
    }

    private static string Draw(IEnumerable<string> lines)
    {
        List<JsonElement> all = [.. lines.Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement)];
        List<JsonElement> ours = [.. all.Where(e => e.TryGetProperty("report_p99_ms", out _))];
        List<JsonElement> plain = [.. ours.Where(e => Number(e, "added_to_a_flush_ms") == 0 && Number(e, "warm_up") > 0 && !e.GetProperty("live").GetBoolean())];
        List<JsonElement> optuna = [.. all.Where(e => e.TryGetProperty("optuna", out _))];
        LogChart rates = new("experiments a second", 1, 10_000);
        rates.Add("CatGan, every event on disk", "#1f5fa8", Points(plain, "experiments_per_second"));
        rates.Add("CatGan, 5 ms more a flush", "#7aa7d9", Points(ours.Except(plain).Where(e => Number(e, "added_to_a_flush_ms") > 0), "experiments_per_second"));
        rates.Add("Optuna 3.1, in memory", "#c2571a", Points(optuna.Where(e => Text(e, "storage") == "memory"), "experiments_per_second"));
        rates.Add("Optuna 3.1, SQLite", "#8a8a8a", Points(optuna.Where(e => Text(e, "storage") == "sqlite"), "experiments_per_second"));
        LogChart reports = new("milliseconds of a rung's report", 1, 100);
        reports.Add("p99", "#1f5fa8", Points(plain, "report_p99_ms"));
        reports.Add("p50", "#7aa7d9", Points(plain, "report_p50_ms"));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * LogChart.Width} {LogChart.Height}" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            {rates.Svg(0)}
            {reports.Svg(LogChart.Width)}
            </svg>

            """;
    }

    private static IEnumerable<(double X, double Y)> Points(IEnumerable<JsonElement> lines, string y) =>
        lines.GroupBy(e => Number(e, "experiments")).OrderBy(g => g.Key).Select(g => (g.Key, g.Select(e => Number(e, y)).Order().ElementAt(g.Count() / 2)));

    private static double Number(JsonElement line, string key) => line.GetProperty(key).GetDouble();

    private static string? Text(JsonElement line, string key) => line.GetProperty(key).GetString();
}
