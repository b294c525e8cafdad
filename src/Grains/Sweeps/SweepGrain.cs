using CatGan.Abstractions;
using CatGan.Abstractions.Grains;
using CatGan.Grains.Telemetry;
using CatGan.Grains.Webhooks;
using CatGan.Search;
using CatGan.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CatGan.Grains.Sweeps;

/// <summary>
/// One sweep: load, decide, persist, perform. Decisions are <see cref="Sweep"/>'s, durability is
/// <see cref="SweepLedger"/>'s; this class brings calls to them and their actions to other grains.
/// </summary>
[Reentrant]
internal sealed partial class SweepGrain(
    IBlobStore store, GrainReferences grains, GrainsTiming timing, WebhookSender notices, GrainsMeters meters, LiveSweeps live, ILogger<SweepGrain> log)
    : Grain, ISweepGrain
{
    // A silo with nothing else to do waits no longer than this for a receiver that does not answer.
    private static readonly TimeSpan NoticesKeepAwake = TimeSpan.FromMinutes(10);
    private readonly Dictionary<int, LiveProgress> _live = [];
    private SweepLedger _ledger = null!;
    private SweepActions _actions = null!;
    private SweepTelemetry _telemetry = null!;
    private Task<SubmitAnswer>? _submitting;
    private bool _askingCapacity;

    private string Id => this.GetPrimaryKeyString();

    private Sweep Sweep => _ledger.Sweep ?? throw new KeyNotFoundException($"There is no sweep {Id} in {store.Uri}.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _actions = new SweepActions(this, (action, fault) =>
            log.LogWarning("{Action} of {Sweep} failed and is left to the next round: {Fault}", action, Id, fault.Message));
        _ledger = await OpenAsync(cancellationToken);
        foreach (string fault in _ledger.Faults)
            log.LogWarning("{Fault}", fault);
        _ledger.Hooks.OnActions = _actions.Add;
        _ledger.Hooks.OnSnapshotFault = fault => log.LogWarning(fault, "A snapshot of {Sweep} could not be written.", Id);
        _ledger.Hooks.OnBroken = OnBroken;
        _ledger.Hooks.OnStalled = OnStalled;
        _telemetry = new SweepTelemetry(Id, meters, live.Add());
        if (_ledger.Sweep is { } read)
            await Task.Run(() => _telemetry.Opened(read, timing.Now), cancellationToken);
        _ledger.Hooks.OnRetry = _telemetry.Retried;
        _ledger.Hooks.OnWritten = OnWritten;
        Show();
        Reissue();
    }

    // Callers in other processes know neither the store's exceptions nor the journal's.
    private async Task<SweepLedger> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SweepLedger.OpenAsync(new Journal(store, StoreLayout.Journal(Id)), timing, cancellationToken);
        }
        catch (JournalException fault)
        {
            throw new SweepDamagedException(fault.Message);
        }
        catch (BlobStoreException fault)
        {
            throw new SweepUnavailableException($"The sweep's journal cannot be read at the moment ({fault.Message}); try again.");
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _actions?.Complete();
        _ledger?.Dispose();
        _telemetry?.Close();
        return Task.CompletedTask;
    }

    public async Task<SubmitAnswer> Submit(SweepSubmission submission, CancellationToken cancellationToken)
    {
        _ledger.ThrowIfBroken();
        SweepDefinition definition;
        try
        {
            definition = SweepJson.Read(submission.DefinitionJson);
        }
        catch (SweepFormatException fault)
        {
            return new SubmitAnswer(false, fault.Message);
        }
        if (definition.Faults() is { Count: > 0 } faults)
            return new SubmitAnswer(false, string.Join("; ", faults));
        // Who comes second may bring another definition, and is told so only when the first has become this sweep.
        while (_submitting is { IsCompleted: false } first)
            await first;
        if (_ledger.Sweep is null)
            return await (_submitting = SubmitAsync(submission.SpecYaml, definition, cancellationToken));
        await _ledger.FlushedAsync();
        return SweepJson.Write(Sweep.Submitted) == SweepJson.Write(definition)
            ? new SubmitAnswer(true, null)
            : new SubmitAnswer(false, $"There is another sweep with the id {Id} already; give this one another name.");
    }

    public Task<SweepStatus?> GetStatus(StatusRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(_ledger.Sweep is { } sweep ? SweepViews.Status(Id, sweep, _live, request) with { Hold = Hold } : null);

    public Task Pause(CancellationToken cancellationToken) => AskAsync(new PauseRequested(timing.Now));

    public async Task<bool> Resume(CancellationToken cancellationToken)
    {
        await AskAsync(new Resumed(timing.Now));
        Reissue();
        return !Sweep.HasEnded;
    }

    public Task Cancel(string reason, CancellationToken cancellationToken) => AskAsync(new CancelRequested(timing.Now, reason));

    public async Task<bool> Wake(CancellationToken cancellationToken)
    {
        _ledger.ThrowIfBroken();
        if (_ledger.Sweep is null)
        {
            await ForgetAsync(cancellationToken);
            return false;
        }
        AskCapacityAsync().Ignore();
        ProbeAsync().Ignore();
        Show();
        Reissue();
        return Sweep.Stage switch
        {
            // One that a pruner paused may be promoted when slots come.
            SweepStage.Running => Sweep.Active.Length > 0 || Sweep.WaitingCount > 0 || Sweep is { Capacity: 0, PausedCount: > 0 },
            SweepStage.Pausing or SweepStage.Cancelling => true,
            _ => Sweep.Notices.Any(n => timing.Now - n.At < NoticesKeepAwake),
        };
    }

    // Spec and marker first: a crash in between leaves a marker that points nowhere, never a sweep that nobody wakes.
    private async Task<SubmitAnswer> SubmitAsync(string specYaml, SweepDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteTextAsync(StoreLayout.Spec(Id), specYaml, BlobCondition.Always, cancellationToken);
            await store.WriteTextAsync(StoreLayout.Active(Id), definition.Name, BlobCondition.Always, cancellationToken);
            int capacity = await grains.Pool.GetCapacity(cancellationToken);
            await _ledger.CommitAsync(new SweepSubmitted(timing.Now, definition, capacity));
            return new SubmitAnswer(true, null);
        }
        catch (BlobStoreException fault)
        {
            // Callers in other processes do not know the store's exceptions.
            throw new SweepUnavailableException($"The sweep was not accepted: {fault.Message}");
        }
    }

    /// <summary>Journals what a person asked for; what is so already is fine.</summary>
    private Task AskAsync(SweepEvent asked)
    {
        if (Sweep.Refusal(asked) is not { } refusal)
            return _ledger.CommitAsync(asked);
        log.LogInformation("{Asked} of {Sweep} changes nothing: {Reason}", asked.GetType().Name, Id, refusal);
        return _ledger.FlushedAsync();
    }

    /// <summary>
    /// Performs again whatever the state calls for, and asks for running experiments whether they do run: their grains
    /// and leases are soft, and may have gone with a silo.
    /// </summary>
    private void Reissue()
    {
        if (_ledger.Sweep is not { } sweep || _ledger.Broken is not null || !_actions.Idle)
            return;
        IReadOnlyList<SweepAction> pending = sweep.Pending();
        _actions.Add(pending);
        HashSet<int> leaving = [.. pending.OfType<StopExperiment>().Select(s => s.Number)];
        _actions.Add([.. sweep.Active.Select(n => sweep.Experiments[n - 1])
            .Where(e => e.Stage == ExperimentStage.Running && !leaving.Contains(e.Number))
            .Select(e => new StartExperiment(e.Number, e.Epoch, e.Alone))]);
    }

    private async Task AskCapacityAsync()
    {
        if (_askingCapacity)
            return;
        _askingCapacity = true;
        try
        {
            int slots = await grains.Pool.GetCapacity(CancellationToken.None);
            CapacityChanged changed = new(timing.Now, slots);
            if (slots != Sweep.Capacity && Sweep.Refusal(changed) is null)
                await _ledger.CommitAsync(changed);
        }
        catch (Exception fault)
        {
            log.LogInformation("The pool's capacity is not known yet: {Fault}", fault.Message);
        }
        finally
        {
            _askingCapacity = false;
        }
    }

    private void OnWritten(IReadOnlyList<Told> batch, TimeSpan took)
    {
        _telemetry.Written(Sweep, batch, took);
        Show();
    }

    private void Show() => _telemetry.Show(_ledger.Sweep, Hold is not null);

    private void OnBroken(Exception fault)
    {
        log.LogWarning(fault, "The journal of {Sweep} could not be written; the activation ends and the next one reads it anew.", Id);
        DeactivateOnIdle();
    }
}
