namespace CatGan.Search;

/// <summary>Something that the sweep's webhook is to be told.</summary>
/// <param name="Id">Its number in the sweep, from 1; a receiver tells repeats by it.</param>
/// <param name="Event">One of <see cref="Webhook.KnownEvents"/>.</param>
/// <param name="At">When it happened.</param>
/// <param name="Experiment">The experiment that it is about; null for the sweep.</param>
public sealed record Notice(int Id, string Event, DateTimeOffset At, int? Experiment = null);
