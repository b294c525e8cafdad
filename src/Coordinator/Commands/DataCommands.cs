using System.CommandLine;
using CatGan.Coordinator.App;

namespace CatGan.Coordinator.Commands;

/// <summary><c>catgan data …</c>: what there is to train on. None of it needs a silo.</summary>
internal static class DataCommands
{
    /// <summary>Makes the group of commands.</summary>
    public static Command Create(Surroundings surroundings) => new("data", "Import, list and look at data sets.")
    {
        DataImportCommand.Create(surroundings),
        DataListCommand.Create(surroundings),
        DataShowCommand.Create(surroundings),
    };
}
