using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Fakes;

/// <summary>A person at a terminal: a folder with a store, and commands with what they print.</summary>
internal sealed class Shell : IDisposable
{
    public Shell() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "catgan-tests", Guid.NewGuid().ToString("N"));

    public FakeSilo Silo { get; } = new();

    public CancellationTokenSource Interrupt { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public IBlobStore Store => BlobStores.Open("file:" + Path.Combine(Folder, ".catgan"));

    public async Task<Said> RunAsync(params string[] args)
    {
        StringWriter output = new(), error = new();
        int code = await CatGanApp.RunAsync(args, new Surroundings
        {
            Out = output,
            Error = error,
            Time = RealDoors && !Impatient ? TimeProvider.System : new SkippingTime(),
            WorkingDirectory = Folder,
            Variable = name => Environment.GetValueOrDefault(name),
            IsTerminal = false,
            Interrupted = Interrupt.Token,
            Door = Open,
        });
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>True to reach for real clusters, by a real clock.</summary>
    public bool RealDoors { get; set; }

    /// <summary>True to wait for nothing, whatever doors there are.</summary>
    public bool Impatient { get; set; }

    public Action<Surroundings> OnDoor { get; set; } = _ => { };

    public string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    private IClusterDoor Open(Surroundings surroundings)
    {
        OnDoor(surroundings);
        return RealDoors && surroundings.Cluster.Redis is not null ? new RedisDoor(surroundings) : Silo;
    }

    public void Dispose()
    {
        Interrupt.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What a command printed and left to the shell.</summary>
internal sealed record Said(int Code, string Out, string Error);
