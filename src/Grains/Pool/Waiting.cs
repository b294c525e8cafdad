using CatGan.Abstractions.Grains;

namespace CatGan.Grains.Pool;

/// <summary>An experiment that waits for a slot.</summary>
/// <param name="Request">What it asks for.</param>
/// <param name="Ticket">Its place: the lower came first. It keeps it when a worker refuses it.</param>
/// <param name="Since">When it first asked.</param>
internal sealed record Waiting(SlotRequest Request, long Ticket, long Since)
{
    public (string Sweep, int Experiment) Key => (Request.Sweep, Request.Experiment);
}
