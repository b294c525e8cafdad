using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.Cluster;
using CatGan.Search;
using CatGan.Storage;

namespace CatGan.Coordinator.Tests.Fakes;

/// <summary>A door and a cluster in one whose sweeps play scripted statuses.</summary>
internal sealed class FakeSilo : IClusterDoor, ICluster, IPictureJobGrain
{
    private int asked;

    /// <summary>What <c>GetStatus</c> answers in turn; the last one again and again. A null throws a timeout.</summary>
    public List<Func<SweepStatus?>> Script { get; } = [];

    /// <summary>What is waited for before a question is answered; commands go through.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    public bool Reachable { get; set; } = true;

    public List<string> Calls { get; } = [];

    public SweepSubmission? Submitted { get; private set; }

    /// <summary>The sweep that was last told to do something; asking for a status is no such thing.</summary>
    public string? Id { get; private set; }

    public Func<string, Task<string>>? Job { get; set; }

    public Func<int, SubmitAnswer> OnSubmit { get; set; } = _ => new(true, null);

    /// <summary>What becomes of a sweep that was handed in, by its id.</summary>
    public Func<string, Task> WhenSubmitted { get; set; } = _ => Task.CompletedTask;

    public Func<bool> OnResume { get; set; } = () => true;

    public Action OnPause { get; set; } = () => { };

    public SiloWishes? Wishes { get; private set; }

    public Task<ICluster> JoinAsync(string storeUri, IBlobStore store, SiloWishes wishes, CancellationToken cancellationToken)
    {
        Wishes = wishes;
        return Task.FromResult<ICluster>(this);
    }

    public Task<ICluster?> FindAsync(IBlobStore store, CancellationToken cancellationToken) => Task.FromResult<ICluster?>(Reachable ? this : null);

    public ISweepGrain Sweep(string id) => new FakeSweepGrain(this, id);

    public IPictureJobGrain Pictures() => this;

    public List<SiloView> Silos { get; } = [];

    public int Slots { get; set; } = 2;

    public Task<IReadOnlyList<SiloView>> SilosAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SiloView>>(Silos);

    public PoolView Pool { get; set; } = new(true, [], []);

    public async Task<PoolView> PoolAsync(CancellationToken cancellationToken)
    {
        await BeforeAnswer();
        return Pool;
    }

    public Task<int> SlotsAsync(CancellationToken cancellationToken) => Task.FromResult(Slots);

    public List<SweepCommand> Commands { get; } = [];

    public Func<SweepCommand, CommandAnswer> OnCommand { get; set; } = _ => new("done", null);

    public Task<string> Generate(GenerateRequest request, CancellationToken cancellationToken) => Job!($"generate {request}");

    public Task<string> Export(string sweep, int experiment, CancellationToken cancellationToken) => Job!($"export {sweep}/{experiment}");

    public ValueTask DisposeAsync() => default;

    public static SweepDefinition Definition(FakeSilo silo) => SweepJson.Read(silo.Submitted!.DefinitionJson);

    /// <summary>One sweep's grain. Knows its own id, because pages ask for other sweeps meanwhile.</summary>
    private sealed class FakeSweepGrain(FakeSilo silo, string id) : ISweepGrain
    {
        public async Task<SubmitAnswer> Submit(SweepSubmission submission, CancellationToken cancellationToken)
        {
            silo.Calls.Add("submit");
            silo.Id = id;
            silo.Submitted = submission;
            SubmitAnswer answer = silo.OnSubmit(silo.Calls.Count(c => c == "submit"));
            await silo.WhenSubmitted(id);
            return answer;
        }

        public async Task<SweepStatus?> GetStatus(StatusRequest request, CancellationToken cancellationToken)
        {
            await silo.BeforeAnswer();
            return silo.Script[Math.Min(silo.asked++, silo.Script.Count - 1)]();
        }

        public Task Pause(CancellationToken cancellationToken)
        {
            Told("pause");
            silo.OnPause();
            return Task.CompletedTask;
        }

        public Task<bool> Resume(CancellationToken cancellationToken)
        {
            Told("resume");
            return Task.FromResult(silo.OnResume());
        }

        public Task Cancel(string reason, CancellationToken cancellationToken)
        {
            Told($"cancel {reason}");
            return Task.CompletedTask;
        }

        public Task<CommandAnswer> Command(SweepCommand command, CancellationToken cancellationToken)
        {
            silo.Id = id;
            silo.Commands.Add(command);
            return Task.FromResult(silo.OnCommand(command));
        }

        public Task<bool> Wake(CancellationToken cancellationToken) => Task.FromResult(true);

        private void Told(string call)
        {
            silo.Id = id;
            silo.Calls.Add(call);
        }
    }
}
