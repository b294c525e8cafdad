using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary>All commands. A new one is a file in this folder and a line here.</summary>
internal static class CommandCatalogue
{
    /// <summary>Makers of the commands, in the order of the help.</summary>
    public static IReadOnlyList<Func<Surroundings, Command>> All { get; } =
    [
        RunCommand.Create,
        SubmitCommand.Create,
        PauseCommand.Create,
        ResumeCommand.Create,
        CancelCommand.Create,
        ExtendCommand.Create,
        CloneCommand.Create,
        RetryCommand.Create,
        PriorityCommand.Create,
        TagCommand.Create,
        PinCommand.Create,
        PinCommand.CreateUnpin,
        StatusCommand.Create,
        WatchCommand.Create,
        ListCommand.Create,
        ResultsCommand.Create,
        LogsCommand.Create,
        ReportCommand.Create,
        GenerateCommand.Create,
        ExportCommand.Create,
        CheckCommand.Create,
        SimulateCommand.Create,
        DataCommands.Create,
        GcCommand.Create,
        SiloCommand.Create,
        ServeCommand.Create,
        KeysCommands.Create,
        DoctorCommand.Create,
    ];
}
