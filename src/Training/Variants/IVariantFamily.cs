using CatGan.Abstractions.Experiments;

namespace CatGan.Training.Variants;

/// <summary>Puts a family of GAN together from its options. A new family is one file and one line in <see cref="VariantCatalogue"/>.</summary>
internal interface IVariantFamily
{
    /// <summary>What options call it.</summary>
    Variant Variant { get; }

    /// <summary>The five parts for these options.</summary>
    GanVariant Create(ExperimentOptions options);
}
