namespace CatGan.Training.Variants;

/// <summary>How many discriminator updates come before each generator update; one of a variant's five parts.</summary>
/// <param name="Usual">Updates of an ordinary iteration.</param>
/// <param name="Warmup">
/// Generator updates at the start that train the critic <see cref="Thorough"/> times, as every
/// <see cref="ThoroughEvery"/>th does; 0 for neither (Arjovsky et al.'s published code: 25).
/// </param>
internal readonly record struct CriticSteps(int Usual, int Warmup)
{
    /// <summary>Discriminator updates of a thorough iteration.</summary>
    public const int Thorough = 100;

    /// <summary>Generator updates from one thorough iteration to the next.</summary>
    public const int ThoroughEvery = 500;

    /// <summary>Discriminator updates before the generator update of this number, counted from 0.</summary>
    public int Before(long update) =>
        Warmup > 0 && (update < Warmup || update % ThoroughEvery == 0) ? Math.Max(Thorough, Usual) : Usual;
}
