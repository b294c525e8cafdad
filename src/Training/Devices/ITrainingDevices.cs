namespace CatGan.Training;

/// <summary>Lists the devices of a silo; tests put several CPU devices behind it.</summary>
public interface ITrainingDevices
{
    /// <summary>The devices, best first; at least one.</summary>
    IReadOnlyList<TrainingDevice> List();
}
