using System.Collections.Immutable;
using System.Security.Claims;
using CatGan.Abstractions.Grains;
using CatGan.Coordinator.Serve.Live;
using CatGan.Coordinator.Serve.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>The silos with their slots, and who asks.</summary>
internal sealed class ClusterApi : IApiPart
{
    /// <inheritdoc/>
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cluster", GetAsync).WithName("get_cluster").WithTags("cluster").WithSummary("Silos, their slots and what each does, and how sweeps share them.");
        api.MapGet("/me", Me).WithName("get_me").WithTags("cluster").WithSummary("Name and role of who asks.");
    }

    private static async Task<ClusterDto> GetAsync(LivePool pool, CancellationToken cancellationToken) => ClusterDto.Of(await pool.GetAsync(cancellationToken));

    private static MeDto Me(ClaimsPrincipal user) => new(
        user.Identity?.Name ?? "", user.IsInRole(Roles.Admin) ? Roles.Admin : user.IsInRole(Roles.Operator) ? Roles.Operator : Roles.Viewer, Roles.KeyOf(user));
}

/// <summary>Who asks.</summary>
/// <param name="Name">Name of the key; <c>local</c> where none is needed; who it is, by the OpenID provider.</param>
/// <param name="Role">viewer, operator or admin.</param>
/// <param name="Key">Id of the key; null for whoever bears none.</param>
internal sealed record MeDto(string Name, string Role, string? Key);

/// <summary>The cluster.</summary>
/// <param name="Live">False when no silo answers; there is nothing else to tell then.</param>
/// <param name="Open">False while a fresh pool waits for its workers and grants nothing.</param>
/// <param name="Silos">The silos that show signs of life.</param>
/// <param name="Sweeps">How sweeps share the slots.</param>
internal sealed record ClusterDto(bool Live, bool Open, ImmutableArray<SiloDto> Silos, ImmutableArray<ShareView> Sweeps)
{
    /// <summary>The cluster as the pool sees it; null when no silo answers.</summary>
    public static ClusterDto Of(PoolView? pool) => pool is null ? new(false, false, [], []) : new(true, pool.Open, [.. pool.Silos.Select(SiloDto.Of)], pool.Sweeps);
}

/// <summary>A silo.</summary>
/// <param name="Silo">Its name.</param>
/// <param name="Address">Its address in the cluster.</param>
/// <param name="SeenSecondsAgo">How long ago it showed a sign of life.</param>
/// <param name="Leaving">True when it is about to stop.</param>
/// <param name="Alone">The experiment that runs alone on it, as sweep/number.</param>
/// <param name="Slots">Its slots.</param>
internal sealed record SiloDto(string Silo, string? Address, double SeenSecondsAgo, bool Leaving, string? Alone, ImmutableArray<SlotDto> Slots)
{
    /// <summary>A silo as the pool sees it.</summary>
    public static SiloDto Of(SiloSlots silo) => new(silo.Silo, silo.Address, silo.SeenAgo.TotalSeconds, silo.Leaving, silo.Alone, [.. silo.Slots.Select(s => new SlotDto(s.Slot, s.Assignment?.Sweep, s.Assignment?.Experiment, s.Breaker))]);
}

/// <summary>A slot.</summary>
/// <param name="Slot">Its key: silo/device/slot.</param>
/// <param name="Sweep">The sweep whose experiment it trains; null when it is free.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Breaker">Its circuit breaker; null while nothing has failed on it.</param>
internal sealed record SlotDto(string Slot, string? Sweep, int? Experiment, SlotBreaker? Breaker);
