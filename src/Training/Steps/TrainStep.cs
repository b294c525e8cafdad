using CatGan.Training.Networks;
using CatGan.Training.Variants;
using TorchSharp;
using static TorchSharp.torch;

namespace CatGan.Training.Steps;

/// <summary>Losses of one step, scalars without a graph on the model's device.</summary>
/// <param name="Discriminator">The discriminator's, penalty included.</param>
/// <param name="Generator">The generator's; null where it was not updated.</param>
internal readonly record struct StepLosses(Tensor Discriminator, Tensor? Generator);

/// <summary>
/// The mathematics of one discriminator update, with the generator's after it where it is due. See docs/maths.md.
/// </summary>
internal sealed class TrainStep(GanModel model)
{
    private readonly ILoss _loss = model.Variant.Loss;
    private readonly IConstraint _constraint = model.Variant.Constraint;

    /// <summary>Updates the discriminator, and the generator too where this is the iteration's last critic step.</summary>
    /// <param name="inputs">Real pictures and chance.</param>
    /// <param name="withGenerator">True for the last discriminator update of an iteration.</param>
    /// <param name="rateD">The discriminator's learning rate now.</param>
    /// <param name="rateG">The generator's learning rate now.</param>
    /// <returns>The losses, in the caller's dispose scope.</returns>
    public StepLosses Run(IStepInputs inputs, bool withGenerator, double rateD, double rateG)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor real = inputs.Real();
        bool shared = withGenerator && _loss.SharesFakes;
        Tensor fakes = Fakes(inputs, withGraph: shared);
        Tensor lossD = UpdateDiscriminator(inputs, real, shared ? fakes.detach() : fakes, rateD);
        Tensor? lossG = null;
        if (withGenerator)
            lossG = scope.MoveToOuter(UpdateGenerator(shared ? fakes : Fakes(inputs, withGraph: true), rateG));
        return new StepLosses(scope.MoveToOuter(lossD), lossG);
    }

    private Tensor Fakes(IStepInputs inputs, bool withGraph)
    {
        using IDisposable gradient = set_grad_enabled(withGraph);
        return model.Generator.Forward(inputs.Z(), ForwardMode.Train); // [N, 3, S, S]
    }

    private Tensor UpdateDiscriminator(IStepInputs inputs, Tensor real, Tensor fakes, double rate)
    {
        Network critic = model.Discriminator;
        critic.RequireGradients(true);
        critic.Gradients!.zero_();
        // Two batches, not one: batch-norm sees reals and fakes apart.
        Tensor loss = _loss.Real(critic.Forward(real, ForwardMode.Train)).add(_loss.Fake(critic.Forward(fakes, ForwardMode.Train)));
        if (_constraint.Penalty(critic, real, fakes, _constraint.NeedsMix ? inputs.Mix() : null) is { } penalty)
            loss = loss.add(penalty);
        loss.backward();
        model.DiscriminatorOptimizer.Step(rate);
        _constraint.AfterStep(critic);
        return loss.detach();
    }

    private Tensor UpdateGenerator(Tensor fakes, double rate)
    {
        // The discriminator's own gradients are not needed here: a third of the backward pass is saved.
        model.Discriminator.RequireGradients(false);
        model.Generator.Gradients!.zero_();
        Tensor loss = _loss.Wanted(model.Discriminator.Forward(fakes, ForwardMode.Train));
        loss.backward();
        model.GeneratorOptimizer.Step(rate);
        return loss.detach();
    }
}
