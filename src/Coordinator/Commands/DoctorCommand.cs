using System.CommandLine;
using System.Text.Json;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Doctor;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Watching;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan doctor</c>: checks a machine or a cluster and says what to do about each fault.</summary>
internal static class DoctorCommand
{
    private static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Makes the command.</summary>
    public static Command Create(Surroundings surroundings)
    {
        Option<string> store = CommonOptions.Store(surroundings);
        Option<bool> json = CommonOptions.Json("Print one JSON object.");
        Command command = new("doctor", "Check this machine, its store and the cluster, and say what to do about each fault.") { store, json };
        command.SetAction((parse, cancel) => RunAsync(surroundings, parse.GetRequiredValue(store), parse.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string storeUri, bool json, CancellationToken cancellationToken)
    {
        Patient patient = new(surroundings, StoreOpener.Absolute(surroundings, storeUri));
        List<Finding> found = [];
        foreach (IDoctorCheck check in CheckCatalogue.All)
        {
            await foreach (Finding finding in check.LookAsync(patient, cancellationToken))
                found.Add(finding);
        }
        int faults = found.Count(f => f.Verdict == Verdict.Fault);
        if (json)
            surroundings.Out.WriteLine(JsonSerializer.Serialize(new { well = faults == 0, findings = found.Select(ForScripts) }, Json));
        else
            Tell(surroundings, found, faults);
        return faults == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Tell(Surroundings surroundings, List<Finding> found, int faults)
    {
        foreach (string line in TextTable.Lines([.. found.Select(f => (string[])[Word(f.Verdict), f.What, f.Said])]))
            surroundings.Out.WriteLine(line);
        foreach (Finding finding in found.Where(f => f.Cure is not null))
            surroundings.Out.WriteLine($"\n{finding.What}: {finding.Said}\n  -> {finding.Cure}");
        int warnings = found.Count(f => f.Verdict == Verdict.Warning);
        surroundings.Error.WriteLine(faults + warnings == 0 ? "all is well" : $"{faults} {(faults == 1 ? "fault" : "faults")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}");
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Well => "ok",
        Verdict.Warning => "warn",
        _ => "FAULT",
    };

    private static object ForScripts(Finding f) => new { what = f.What, verdict = f.Verdict.ToString().ToLowerInvariant(), said = f.Said, cure = f.Cure };
}
