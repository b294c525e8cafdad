using System.Runtime.CompilerServices;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.App;
using CatGan.Coordinator.Cluster;
using CatGan.Coordinator.Sweeps;
using CatGan.Storage;

namespace CatGan.Coordinator.Doctor;

/// <summary>Which silos there are, whether each can be reached from here, and what they can train on.</summary>
internal sealed class SilosCheck : IDoctorCheck
{
    private const string What = "silos";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SlotsWithin = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Surroundings surroundings = patient.Surroundings;
        foreach (Finding finding in await TryAsync(surroundings, patient.StoreUri, cancellationToken))
            yield return finding;
    }

    private static async Task<IReadOnlyList<Finding>> TryAsync(Surroundings surroundings, string storeUri, CancellationToken cancellationToken)
    {
        try
        {
            IBlobStore store = StoreOpener.Open(surroundings, storeUri);
            await using ICluster? cluster = surroundings.Cluster.Redis is null
                ? await surroundings.Door(surroundings).FindAsync(store, cancellationToken)
                : await surroundings.Door(surroundings).JoinAsync(storeUri, store, new SiloWishes(), cancellationToken);
            if (cluster is null)
                return [Finding.Well(What, "none runs on this store now; a command that needs one starts it")];
            return await LookAsync(cluster, surroundings.Time, cancellationToken);
        }
        catch (UserException fault)
        {
            return [Finding.Fault(What, fault.Message, fault.Hints is [{ } hint, ..] ? hint : "start one with `catgan silo`")];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Fault(What, $"the silos do not answer: {fault.Message}", "look at the log of `catgan silo` on their machines; if they hang, end them: experiments go on from their checkpoints")];
        }
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(ICluster cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<SiloView> silos = await cluster.SilosAsync(cancellationToken);
        List<Finding> found = [Finding.Well(What, $"{silos.Count}: {string.Join(", ", silos.Select(s => s.Name))}")];
        foreach (SiloView silo in silos)
        {
            if (await FaultAsync(silo, time, cancellationToken) is { } why)
                found.Add(Finding.Fault($"silo {silo.Name}", $"{silo.Host}:{silo.GatewayPort} cannot be reached from here: {why}", "open its port in the firewall, and check that --host of that silo is an address that this machine knows"));
        }
        Finding slots = await SlotsAsync(cluster, time, cancellationToken);
        found.Add(slots);
        if (slots.Verdict == Verdict.Well)
            found.AddRange((await cluster.PoolAsync(cancellationToken)).Silos.SelectMany(s => s.Slots).Select(Broken).OfType<Finding>());
        return found;
    }

    private static async Task<Finding> SlotsAsync(ICluster cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            int slots = await cluster.SlotsAsync(cancellationToken).WaitAsync(SlotsWithin, time, cancellationToken);
            return slots > 0
                ? Finding.Well("slots", $"{slots}")
                : Finding.Fault("slots", "none: sweeps wait for ever", "start a silo with --slots 1 or more");
        }
        catch (TimeoutException)
        {
            return Finding.Fault("slots", $"the pool of devices does not answer within {SlotsWithin.TotalSeconds:0} s", "look at the logs of the silos; the pool comes back on another silo when its own is ended");
        }
    }

    private static Finding? Broken(SlotView slot) => slot.Breaker is { Open: true } breaker
        ? Finding.Warning(
            $"slot {slot.Slot}",
            $"takes nothing: {breaker.Failures} experiments in a row failed on it, the last because: {breaker.Reason}",
            $"look at that machine (`catgan doctor` there); the slot tries one again {(breaker.Until is { } until ? $"at {until:u}" : "by itself")}")
        : null;

    private static Task<string?> FaultAsync(SiloView silo, TimeProvider time, CancellationToken cancellationToken) =>
        GatewayProbe.FaultAsync(silo.Host, silo.GatewayPort, AnswerWithin, time, cancellationToken);
}
