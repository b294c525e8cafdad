using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Steps;

/// <summary>How learning rates change over the budget.</summary>
internal static class LearningRate
{
    /// <summary>What both rates are multiplied with after this many images of a budget; 1 at the start.</summary>
    public static double Factor(LearningRateSchedule schedule, long images, long budget)
    {
        double done = Math.Clamp((double)images / budget, 0, 1);
        return schedule switch
        {
            LearningRateSchedule.Linear => 1 - done,
            LearningRateSchedule.Cosine => (1 + Math.Cos(Math.PI * done)) / 2,
            _ => 1,
        };
    }
}
