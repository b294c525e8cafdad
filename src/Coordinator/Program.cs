using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;

using Interruption interruption = new();
return await CatGanApp.RunAsync(args, new Surroundings
{
    Out = Console.Out,
    Error = Console.Error,
    Time = TimeProvider.System,
    WorkingDirectory = Environment.CurrentDirectory,
    Variable = Environment.GetEnvironmentVariable,
    IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb",
    Interrupted = interruption.Token,
    Door = surroundings => surroundings.Cluster.Redis is null ? new LocalDoor(surroundings) : new RedisDoor(surroundings),
});
