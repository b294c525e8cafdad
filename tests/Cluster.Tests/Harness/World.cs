using System.Collections.Concurrent;
using System.Globalization;
using CatGan.Storage;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>
/// The world of one test: a store, a Redis where silos share work, silos and clients as processes of their own. All of
/// it goes with the test, and what it said is told where the test fails.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly ConcurrentQueue<Child> _children = []; // a keeper adds to it while others look
    private readonly string _pace;
    private readonly string _progress;
    private int _silos;
    private int _clients;

    private World(string name, string? storeUri = null, string? silosUri = null)
    {
        Folder = Directory.CreateTempSubdirectory($"catgan-chaos-{name}-").FullName;
        StoreUri = storeUri ?? "file:" + Path.Combine(Folder, "store");
        SilosUri = silosUri ?? StoreUri;
        Store = BlobStores.Open(StoreUri);
        _pace = Path.Combine(Folder, "pace");
        _progress = Directory.CreateDirectory(Path.Combine(Folder, "progress")).FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "tmp"));
    }

    public string Folder { get; }

    /// <summary>The store as clients and this test name it: without any proxy.</summary>
    public string StoreUri { get; }

    /// <summary>The store as silos name it.</summary>
    public string SilosUri { get; init; }

    /// <summary>What the environment of commands has besides this process's.</summary>
    public Dictionary<string, string> ClientEnvironment { get; } = [];

    /// <summary>The store as this test reads it.</summary>
    public IBlobStore Store { get; init; }

    /// <summary>What silos find each other by; null for a silo that is alone.</summary>
    public RedisServer? Redis { get; private set; }

    /// <summary>The line between silos and the store; null where there is none.</summary>
    public TcpProxy? StoreLine { get; private init; }

    /// <summary>The disk that the store lies on, where it is one that can be filled up.</summary>
    public SmallDisk? Disk { get; private init; }

    /// <summary>The line between silos and Redis.</summary>
    public TcpProxy? RedisLine { get; private set; }

    /// <summary>Silos that were started, the dead ones included.</summary>
    public IEnumerable<TestSilo> Silos => _children.OfType<TestSilo>();

    /// <summary>Silos whose processes live.</summary>
    public IEnumerable<TestSilo> Living => Silos.Where(s => !s.HasExited);

    /// <summary>A folder store on this machine.</summary>
    public static World WithFolder(string name) => new(name);

    /// <summary>A folder store on a disk of 8 MiB, which all processes of this world see and nobody else.</summary>
    public static async Task<World> WithSmallDiskAsync(string name)
    {
        string point = Directory.CreateTempSubdirectory($"catgan-disk-{name}-").FullName;
        SmallDisk disk = await SmallDisk.MountAsync(point, megabytes: 8);
        // Where processes of the disk's namespace see the store, this one does not.
        return new World(name, "file:" + Path.Combine(point, "store")) { Disk = disk, Store = BlobStores.Open("file:" + Path.Combine(disk.Outside, "store")) };
    }

    /// <summary>A container of Azurite, reached by the silos over a line that can fail.</summary>
    public static async Task<World> WithAzuriteAsync(string name, Azurite azurite)
    {
        int port = await azurite.PortAsync();
        TcpProxy line = new(port);
        string container = $"{name}-{Guid.NewGuid().ToString("N")[..8]}";
        return new World(name, Azurite.Uri(container, port), Azurite.Uri(container, line.Port)) { StoreLine = line };
    }

    /// <summary>Starts a Redis, so that silos that start from now on share their work.</summary>
    public async Task<World> WithRedisAsync()
    {
        Redis = await RedisServer.StartAsync(Folder);
        RedisLine = new TcpProxy(Redis.Port);
        return this;
    }

    /// <summary>Makes every batch of a slowed silo take this long; null for full speed. Works at once.</summary>
    public void Pace(int? milliseconds)
    {
        string written = _pace + ".new";
        File.WriteAllText(written, (milliseconds ?? 0).ToString(CultureInfo.InvariantCulture));
        File.Move(written, _pace, overwrite: true);
    }

    /// <summary>Starts a silo whose speed <see cref="Pace"/> sets.</summary>
    public TestSilo StartSilo(int slots = 2, IReadOnlyDictionary<string, string>? environment = null, string? clusterId = null, int? healthPort = null) =>
        Start(Programs.FaultySilo, slots, clusterId, healthPort, [
            KeyValuePair.Create("CATGAN_TEST_PACE", _pace), KeyValuePair.Create("CATGAN_TEST_PROGRESS", _progress), .. environment ?? new Dictionary<string, string>()]);

    /// <summary>Batches that the newest attempt of each experiment has begun, whatever the store knows of them.</summary>
    public IReadOnlyList<long> Batches(string sweep, int experiments) => [.. Enumerable.Range(1, experiments)
        .Select(n => Path.Combine(_progress, $"{sweep}-{n}"))
        .Select(file => File.Exists(file) && long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out long count) ? count : 0)];

    /// <summary>Starts a silo as it is shipped.</summary>
    public TestSilo StartRealSilo(int slots = 2) => Start(Programs.Silo, slots, null, null, []);

    /// <summary>Starts a command of <c>catgan</c>.</summary>
    public Child StartClient(params string[] arguments)
    {
        string[] cluster = RedisLine is { } redis ? ["--cluster", $"redis://127.0.0.1:{redis.Port}"] : [];
        string[] command = [.. Disk?.Enter ?? [], Programs.CatGan, .. arguments, "--store", StoreUri, .. cluster];
        Child client = new($"client {++_clients} ({arguments[0]})", command[0], command[1..], Environment([.. ClientEnvironment]));
        _children.Enqueue(client);
        return client;
    }

    /// <summary>Runs a command of <c>catgan</c> to its end, which must be the one expected.</summary>
    public async Task<string> RunAsync(int expectedCode, params string[] arguments)
    {
        Child client = StartClient(arguments);
        int code = await client.ExitAsync(Patience);
        Assert.True(code == expectedCode, $"catgan {string.Join(' ', arguments)} ended with {code}, expected was {expectedCode}:\n{client.Output}\n{Tell()}");
        return client.Output;
    }

    /// <summary>Waits until silos that live take work: all of them, or the first.</summary>
    public Task ReadyAsync(bool all) => UntilAsync(all ? "all silos are ready" : "a silo is ready", async () =>
    {
        foreach (TestSilo silo in Living)
        {
            if (await silo.IsReadyAsync() != all)
                return !all;
        }
        return all;
    });

    /// <summary>Submits a sweep, to the first silo that is ready.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitAsync(string spec)
    {
        await ReadyAsync(all: false);
        string file = Path.Combine(Folder, $"spec-{_clients}.yaml");
        await File.WriteAllTextAsync(file, spec);
        string said = await RunAsync(0, "submit", file);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
    }

    /// <summary>Waits until it is so; where that takes too long, everybody's last words are told.</summary>
    /// <returns>The seconds that it took.</returns>
    public Task<double> UntilAsync(string what, Func<Task<bool>> so, double seconds = 0) =>
        Wait.UntilAsync(what, so, seconds > 0 ? TimeSpan.FromSeconds(seconds) : Patience, Tell);

    /// <summary>What every process said first and last.</summary>
    public string Tell() => string.Concat(_children.Select(c => $"--- {c.Name} (process {c.Pid}, {(c.HasExited ? "ended" : "lives")})\n{c.Ends(25)}\n"));

    public async ValueTask DisposeAsync()
    {
        // Shown only where the test fails.
        TestContext.Current.TestOutputHelper?.WriteLine(Tell());
        foreach (Child child in _children)
            child.Dispose();
        Redis?.Dispose();
        foreach (TcpProxy? line in (TcpProxy?[])[StoreLine, RedisLine])
            await (line?.DisposeAsync() ?? ValueTask.CompletedTask);
        Disk?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private TestSilo Start(string program, int slots, string? clusterId, int? healthPort, IEnumerable<KeyValuePair<string, string>> environment)
    {
        string name = $"silo-{++_silos}";
        string[] cluster = RedisLine is { } redis ? ["--cluster", $"redis://127.0.0.1:{redis.Port}", "--name", name] : ["--local", "--idle-exit", "0"];
        string[] other = clusterId is null ? [] : ["--cluster-id", clusterId];
        string[] command = [.. Disk?.Enter ?? [], program, "--store", SilosUri, "--device", "cpu", "--slots", slots.ToString(CultureInfo.InvariantCulture), .. cluster, .. other];
        TestSilo silo = TestSilo.Start(name, command, Environment([.. environment]), healthPort);
        _children.Enqueue(silo);
        return silo;
    }

    private Dictionary<string, string> Environment(params IEnumerable<KeyValuePair<string, string>> more) => new(more)
    {
        ["TMPDIR"] = Path.Combine(Folder, "tmp"),
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_DbgEnableMiniDump"] = "0",
        ["OMP_NUM_THREADS"] = "1",
        // These processes live for seconds: compiling again what they call often takes more than it brings.
        ["DOTNET_TC_CallCounting"] = "0",
    };
}
