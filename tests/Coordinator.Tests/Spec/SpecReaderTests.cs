using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Spec;
using CatGan.Search;

namespace CatGan.Coordinator.Tests.Spec;

public class SpecReaderTests
{
    private const string Smallest = """
        name: x
        budget: {images: 10_000}
        parameters: {preset: dcgan}
        """;

    [Fact]
    public void Read_SmallestSpec_FillsInDefaults()
    {
        SweepDefinition sweep = Good(Smallest);

        Assert.Equal("builtin:drawn-cats", sweep.Dataset);
        Assert.Equal(10_000, sweep.BudgetImages);
        Assert.Equal(("grid", "swd", true), (sweep.Sampler.Name, sweep.Objective.Metric, sweep.Objective.Minimize));
        Assert.Equal((2000, 20_000, 1000), (sweep.ReportEvery, sweep.CheckpointEvery, sweep.SamplesEvery));
        Assert.Equal(1, sweep.TotalExperiments);
    }

    [Fact]
    public void Read_EveryKey_ReachesTheDefinition()
    {
        SweepDefinition sweep = Good("""
            name: all of it
            note: |
              two
              lines
            tags: [a, b]
            dataset: builtin:drawn-cats?count=512&seed=3
            budget: {images: 1e6, time: 1h30m}
            objective: {metric: ms_ssim, direction: maximize}
            sampler: {name: tpe, startup: 5, gamma: 0.2}
            warm_start: [last, four-gans]
            experiments: 5
            repeats: 2
            seed: 42
            parameters:
              preset: {choice: [dcgan, wgan-gp]}
              lr_d: {log_uniform: [1e-5, 1e-3]}
              beta1: {uniform: [0, 0.9]}
              n_critic: {int: [1, 10], when: {preset: wgan-gp}}
              z: {int: [8, 128], log: true}
              batch: 3_2
              flip: true
            also:
              - {preset: dcgan, lr_d: 5e-5}
            patience: 1
            slots: 3
            report_every: 1000
            checkpoint_every: 2000
            samples_every: 3000
            rungs: [100_000, 500_000]
            stop_on: [stuck, collapsed]
            tensorboard: true
            """);

        Assert.Equal("two\nlines\n", sweep.Note);
        Assert.Equal(["a", "b"], sweep.Tags);
        Assert.Equal((1_000_000, TimeSpan.FromMinutes(90)), (sweep.BudgetImages, sweep.BudgetTime));
        Assert.Equal(new Objective("ms_ssim", Minimize: false), sweep.Objective);
        Assert.Equal(("tpe", "5", "0.2"), (sweep.Sampler.Name, sweep.Sampler.Options["startup"], sweep.Sampler.Options["gamma"]));
        Assert.Equal(["last", "four-gans"], sweep.WarmStart);
        Assert.Equal((5, 2, 42L, 12), (sweep.Configurations, sweep.Repeats, sweep.Seed, sweep.TotalExperiments));
        Assert.Equal(new LogUniformParameter("lr_d", 1e-5, 1e-3), sweep.Space.Find("lr_d"));
        Assert.Equal("32", Assert.IsType<FixedParameter>(sweep.Space.Find("batch")).Value);
        Assert.Equal("wgan-gp", Assert.Single(Assert.Single(sweep.Space.Find("n_critic")!.When).Values));
        Assert.True(Assert.IsType<IntParameter>(sweep.Space.Find("z")).Log);
        Assert.Equal("5e-5", Assert.Single(sweep.Also)["lr_d"]);
        Assert.Equal((1, 3, 1000, 2000, 3000), (sweep.Patience, sweep.Slots, sweep.ReportEvery, sweep.CheckpointEvery, sweep.SamplesEvery));
        Assert.Equal([100_000, 500_000], sweep.Rungs);
        Assert.Equal(["stuck", "collapsed"], sweep.StopOn);
        Assert.True(sweep.TensorBoard);
        Assert.Equal(SweepJson.Write(sweep), SweepJson.Write(SweepJson.Read(SweepJson.Write(sweep))));
    }

    [Fact]
    public void Read_ManyFaults_TellsAllAtOnceWithTheirPlaces()
    {
        Assert.Equal(
            [
                "1:1: name is missing; give the sweep a name, such as `name: four gans`",
                "2:1: datset is not a key; did you mean `dataset`?",
                "4:11: budget.images is 0, but must be a whole number from 1 to 1,000,000,000,000",
                "6:12: preset is dcgn, but must be one of dcgan, dcgan-selu, lsgan, wgan, wgan-gp; did you mean `dcgan`?",
                "7:26: lr_d is 2, but must be a number above 0 and up to 1",
                "8:3: parameters.learn is not a key here; known are " + string.Join(", ", ExperimentSettings.All.Select(s => s.Name)),
                "9:3: parameters.lr_d is here a second time (first in line 7); remove one",
            ],
            Faults("""
                name: ""
                datset: cats
                budget:
                  images: 0
                parameters:
                  preset:  dcgn
                  lr_d: {choice: [1e-4,  2]}
                  learn: 1
                  lr_d: 1e-4
                """));
    }

    [Theory]
    [InlineData("name: x\nbudget: 5\nparameters: {preset: dcgan}", "2:9: budget is 5, but must be a block of keys, such as {images: 100_000}")]
    [InlineData("name: x\nbudget: {}\nparameters: {preset: dcgan}", "2:9: budget is empty, but must hold images or time, such as {images: 100_000}")]
    [InlineData("name: x\nbudget: {time: 5 minutes}\nparameters: {preset: dcgan}", "2:16: budget.time is 5 minutes, but must be a time such as 90s, 20m, 1h30m or 2d, from 1s to 365d")]
    [InlineData("name: x\nbudget: {images: 1.5}\nparameters: {preset: dcgan}", "2:18: budget.images is 1.5, but must be a whole number from 1 to 1,000,000,000,000")]
    [InlineData("name: x\nbudget: {images: 100}\nparameters: dcgan", "3:13: parameters is dcgan, but must be a block of keys, such as {preset: dcgan}")]
    [InlineData("name: x\nbudget: {images: 100}\nparameters: {lr: 1e-4}", "3:13: parameters.preset is missing; every experiment starts from one, such as `preset: dcgan`")]
    [InlineData("- a\n- b", "1:1: the spec is a list, but must be a block of keys, such as `name: my sweep`")]
    [InlineData("", "1:1: the spec is empty; it needs at least `name`, `budget` and `parameters`")]
    [InlineData("# only words", "1:1: the spec is empty; it needs at least `name`, `budget` and `parameters`")]
    public void Read_WrongShape_SaysWhatItMustBe(string yaml, string expected) => Assert.Equal([expected], Faults(yaml));

    [Theory]
    [InlineData("lr: 1,000", "4:7: lr is 1,000, but must be a number above 0 and up to 1")]
    [InlineData("lr: .nan", "4:7: lr is .nan, but must be a number above 0 and up to 1")]
    [InlineData("lr: 0", "4:7: lr is 0, but must be a number above 0 and up to 1")]
    [InlineData("lr:", "4:6: lr is empty, but must be a number above 0 and up to 1")]
    [InlineData("lr: [1e-4, 1e-3]", "4:7: lr is a list, but must be one value, or say what the list is: {choice: [...]}, or {log_uniform: [low, high]} and the like")]
    [InlineData("lr: {log_uniform: [1e-3, 1e-5]}", "4:21: lr.log_uniform goes from 1e-3 to 1e-5, but the first must be below the second")]
    [InlineData("lr: {log_uniform: [1e-5, 7]}", "4:28: lr is 7, but must be a number above 0 and up to 1")]
    [InlineData("lr: {log_uniform: [-1, 5]}", "4:22: lr is -1, but must be a number above 0 and up to 1|4:26: lr is 5, but must be a number above 0 and up to 1")]
    [InlineData("lr: {log_uniform: [1e-5]}", "4:21: lr.log_uniform is a list, but must be two numbers, such as [1e-5, 1e-3]")]
    [InlineData("lr: {log_unifrom: [1e-5, 1e-3]}", "4:7: lr has no values, but must have exactly one of value, choice, uniform, log_uniform, int|4:8: lr.log_unifrom is not a key; did you mean `log_uniform`?")]
    [InlineData("lr: {choice: [1e-4], uniform: [0.1, 0.2]}", "4:7: lr has choice and uniform, but must have exactly one of value, choice, uniform, log_uniform, int")]
    [InlineData("lr: {choice: [1e-4, 0.0001]}", "4:16: lr has the value 0.0001 twice (also as 1e-4), but each may be there once")]
    [InlineData("lr: {log_uniform: [1e-5, 1e-3]}", "4:21: lr is a range without points, but the grid sampler needs them: add points: 5, say")]
    [InlineData("lr: {log_uniform: [1e-5, 1e-3], points: 1}", "4:43: lr.points is 1, but must be a whole number from 2 to 10,000")]
    [InlineData("batch: {uniform: [8, 64]}", "4:20: batch takes whole numbers, so use int in place of uniform")]
    [InlineData("size: {int: [16, 64]}", "4:15: size must be one of 16, 32, 64, 128, 256, so use choice in place of int")]
    [InlineData("size: 48", "4:9: size is 48, but must be one of 16, 32, 64, 128, 256")]
    [InlineData("flip: yes", "4:9: flip is yes, but must be true or false")]
    [InlineData("hidden: 2.5", "4:11: hidden is 2.5, but must be a whole number from 1 to 1024")]
    [InlineData("penalty: {choice: [1, 10]}", "4:3: penalty varies, but means nothing to dcgan; remove it")]
    [InlineData("lr: {choice: [1e-4], when: {preset: wgan}}", "4:39: lr depends on preset being wgan, which it never is; it can be dcgan")]
    [InlineData("lr: {choice: [1e-4], when: {batch: 8}}", "4:38: lr depends on batch, which is no parameter of this spec; it must be one of preset")]
    [InlineData("batch: 5000", "4:10: batch is 5000, but must be a whole number from 2 to 4096")]
    [InlineData("batch: 512", "4:3: batch is 512, but the data set builtin:drawn-cats?count=256 has 256 pictures; take a smaller batch")]
    public void Read_WrongParameter_NamesValueAndBound(string parameter, string expected)
    {
        string dataset = expected.Contains("data set") ? "builtin:drawn-cats?count=256" : "builtin:drawn-cats";
        string yaml = $"dataset: {dataset}\nparameters:\n  preset: dcgan\n  {parameter}\nname: x\nbudget: {{images: 100_000}}";
        Assert.Equal(expected.Split('|'), Faults(yaml));
    }

    [Theory]
    [InlineData("objective: fid", "4:12: objective is fid, but must be one of swd, ms_ssim")]
    [InlineData("objective: {metric: swd, direction: down}", "4:37: objective.direction is down, but must be one of minimize, maximize")]
    [InlineData("sampler: gird", "4:10: sampler is gird, but must be one of grid, random, sobol, tpe")]
    [InlineData("sampler: {startup: 5}\nexperiments: 9", "4:10: sampler.name is missing, but must be one of grid, random, sobol, tpe")]
    [InlineData("sampler: {name: tpe, startup: 0}\nexperiments: 9", "4:31: sampler.startup is 0, but must be a whole number from 1 to 10000")]
    [InlineData("warm_start: last", "4:13: warm_start is of no use to the grid sampler, which learns from no result; use sampler: tpe, or remove it")]
    [InlineData("objective: loss_d", "4:12: objective is loss_d, but must be one of swd, ms_ssim; a loss means something else in each variant, so losses do not compare")]
    [InlineData("objective: {metric: d_loss}", "4:21: objective.metric is d_loss, but must be one of swd, ms_ssim; a loss means something else in each variant, so losses do not compare")]
    [InlineData("sampler: random", "1:1: experiments is missing, but the random sampler needs it: a whole number of at least 1")]
    [InlineData("sampler: {name: grid, jitter: 1}", "4:31: jitter is no option of the grid sampler, which has none")]
    [InlineData("rungs: [5000, 2000]", "4:15: rungs[1] is 2000, but must be above 5000 and below the budget of 10000 images (the end always has a full score)")]
    [InlineData("rungs: [x]", "4:9: rungs[0] is x, but must be a whole number of images")]
    [InlineData("stop_on: [diverged]", "4:11: stop_on[0] is diverged, but must be one of stuck, collapsed")]
    [InlineData("tags: {a: b}", "4:7: tags is a block of keys, but must be a list of at most 20 values, such as [a, b]")]
    [InlineData("repeats: 0", "4:10: repeats is 0, but must be a whole number from 1 to 1,000")]
    [InlineData("also: [{lr: 7}]", "4:13: lr is 7, but must be a number above 0 and up to 1")]
    [InlineData("also: [5]", "4:8: also[0] is 5, but must be a block of settings, such as {preset: dcgan, lr_d: 5e-5}")]
    [InlineData("also: [{lr: 1e-4}, {lr: 1e-4}]", "4:20: also[1] is the same point as also[0]; use repeats to run a point several times")]
    [InlineData("dataset: builtin:dogs", "4:10: data set 'builtin:dogs' is unknown, but the only built-in one is builtin:drawn-cats")]
    [InlineData("note: !!binary aaaa", "4:7: the tag tag:yaml.org,2002:binary is not understood; remove it")]
    public void Read_WrongKey_NamesValueAndBound(string line, string expected) =>
        Assert.Equal([expected], Faults($"{Smallest}\n{line}"));

    [Theory]
    [InlineData("pruner: haLving", "4:9: pruner is haLving, but must be one of none, median, asha, hyperband")]
    [InlineData("pruner: {eta: 3}", "4:9: pruner.name is missing, but must be one of none, median, asha, hyperband")]
    [InlineData("pruner: {name: asha, eta: 1}", "4:27: pruner.eta is 1, but must be a whole number from 2 to 100")]
    [InlineData("pruner: {name: asha, eta: 2.5}", "4:27: pruner.eta is 2.5, but must be a whole number from 2 to 100")]
    [InlineData("pruner: {name: asha, etta: 3}", "4:28: etta is no option of the asha pruner, which has eta, min_images, brackets")]
    [InlineData("pruner: {name: asha, min_images: 20_000}", "4:34: pruner.min_images is 20,000, but must be below the budget of 10,000 images")]
    [InlineData("pruner: {name: hyperband, brackets: 9}", "4:37: pruner.brackets is 9, but 3 rungs make at most 4 (the last one prunes nothing); give fewer brackets, or more rungs")]
    [InlineData("pruner: median", "4:9: pruner is median, but there are no rungs to judge at; give rungs, such as [20_000, 40_000]")]
    public void Read_WrongPruner_NamesValueAndBound(string line, string expected) => Assert.Equal([expected], Faults($"{Smallest}\n{line}"));

    [Theory]
    [InlineData("pruner: none", null, "")]
    [InlineData("pruner: asha", "asha", "625,1250,2500,5000")]
    [InlineData("pruner: {name: asha, eta: 2, min_images: 2_000}", "asha", "2000,4000,8000")]
    [InlineData("pruner: {name: hyperband, min_images: 1e3}", "hyperband", "1000,3000,9000")]
    [InlineData("pruner: {name: asha}\nrungs: [5_000]", "asha", "5000")]
    [InlineData("pruner: {name: median, warmup_experiments: 1}\nrungs: [5_000]", "median", "5000")]
    public void Read_Pruner_BringsItsRungs(string lines, string? name, string rungs)
    {
        SweepDefinition sweep = Good($"{Smallest}\n{lines}");
        Assert.Equal((name, rungs), (sweep.Pruner?.Name, string.Join(',', sweep.Rungs)));
        Assert.Equal(SweepJson.Write(sweep), SweepJson.Write(SweepJson.Read(SweepJson.Write(sweep))));
    }

    private static IEnumerable<string> Faults(string yaml) => SpecReader.Read(yaml).Faults.Select(f => $"{f.Line}:{f.Column}: {f.Message}");

    private static SweepDefinition Good(string yaml)
    {
        SpecReading reading = SpecReader.Read(yaml);
        Assert.Empty(reading.Faults);
        return reading.Definition!;
    }
}
