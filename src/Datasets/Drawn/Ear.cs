namespace CatGan.Datasets.Drawn;

/// <summary>Where an ear's tip is, and how round the ear is.</summary>
internal readonly record struct Ear(float TipX, float TipY, float Round);
