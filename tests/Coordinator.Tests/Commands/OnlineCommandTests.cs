using System.Text.Json;
using CatGan.Abstractions;
using CatGan.Abstractions.Experiments;
using CatGan.Coordinator.Sweeps;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Storage;
using SkiaSharp;

namespace CatGan.Coordinator.Tests.Commands;

public sealed class OnlineCommandTests : IDisposable
{
    private readonly Shell shell = new();

    public OnlineCommandTests() => shell.Write("two.yaml", Journals.Spec);

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Submit_Spec_PinsTheDataAndPrintsTheId()
    {
        Said said = await shell.RunAsync("submit", "two.yaml");

        Assert.Equal(0, said.Code);
        Assert.Equal(shell.Silo.Id, said.Out.Trim());
        Assert.Matches("^two-[0-9a-z]{8}$", said.Out.Trim());
        Assert.Equal(Journals.Spec, shell.Silo.Submitted!.SpecYaml);
        Assert.Equal(64, FakeSilo.Definition(shell.Silo).DatasetHashes[16].Length);
    }

    [Fact]
    public async Task Submit_AnswerLost_SendsTheSameSweepAgain()
    {
        shell.Silo.OnSubmit = n => n < 3 ? throw new TimeoutException() : new(true, null);
        Said said = await shell.RunAsync("submit", "two.yaml", "--json");
        Assert.Equal((0, 3), (said.Code, shell.Silo.Calls.Count));
        Assert.Equal(shell.Silo.Id, JsonDocument.Parse(said.Out).RootElement.GetProperty("sweep").GetString());
    }

    [Fact]
    public async Task Submit_Refused_TellsWhy()
    {
        shell.Silo.OnSubmit = _ => new(false, "no slots for such a sweep");
        Said said = await shell.RunAsync("submit", "two.yaml");
        Assert.Equal(1, said.Code);
        Assert.Contains("no slots for such a sweep", said.Error);
    }

    [Fact]
    public async Task Submit_DataNotThere_IsNotFoundAndStartsNothing()
    {
        Said said = await shell.RunAsync("submit", shell.Write("cats.yaml", Journals.Spec.Replace("builtin:drawn-cats?count=64", "cats")));
        Assert.Equal(3, said.Code);
        Assert.Empty(shell.Silo.Calls);
    }

    [Fact]
    public async Task Run_CtrlC_PausesOnceAndSaysHowToGoOn()
    {
        Play(
            () => Statuses.Of(SweepPhase.Running, Statuses.Running(1, 100), Statuses.Experiment(2)),
            Interrupted(() => Statuses.Of(SweepPhase.Running, Statuses.Running(1, 200), Statuses.Experiment(2))),
            () => Statuses.Of(SweepPhase.Pausing, Statuses.Running(1, 300), Statuses.Experiment(2)),
            () => Statuses.Of(SweepPhase.Paused, Statuses.Experiment(1, 300), Statuses.Experiment(2)));

        Said said = await shell.RunAsync("run", "two.yaml");

        Assert.Equal(130, said.Code);
        Assert.Equal(["submit", "pause"], shell.Silo.Calls);
        Assert.Contains($"paused; go on with: catgan resume {shell.Silo.Id}", said.Error);
    }

    [Fact]
    public async Task Run_PauseTakesTooLong_LeavesAndSaysSo()
    {
        Play(
            Interrupted(() => Statuses.Of(SweepPhase.Running, Statuses.Running(1, 50))),
            () => Statuses.Of(SweepPhase.Pausing, Statuses.Running(1, 100)));

        Said said = await shell.RunAsync("run", "two.yaml");

        Assert.Equal(130, said.Code);
        Assert.Contains("still writing their checkpoints", said.Error);
        Assert.Contains($"catgan resume {shell.Silo.Id}", said.Error);
    }

    [Fact]
    public async Task Watch_SiloGone_SaysHowToGoOn()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Play(
            () => Statuses.Of(SweepPhase.Running, Statuses.Running(1, 100)),
            () =>
            {
                shell.Silo.Reachable = false;
                throw new TimeoutException();
            });
        Said said = await shell.RunAsync("watch", "last");
        Assert.Equal(4, said.Code);
        Assert.Contains("catgan resume two-1", said.Error);
    }

    [Fact]
    public async Task Watch_SiloAnswersAgain_GoesOn()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Play(() => throw new TimeoutException(), () => Statuses.Of(SweepPhase.Paused, Statuses.Experiment(1, 100)));
        Said said = await shell.RunAsync("watch", "last");
        Assert.Contains("paused: 0 of 1 ended", said.Out);
        Assert.Contains("catgan resume two-1", said.Error);
    }

    [Fact]
    public async Task Watch_CtrlC_LeavesTheSweepAlone()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Play(Interrupted(() => Statuses.Of(SweepPhase.Running, Statuses.Running(1, 50))));
        Said said = await shell.RunAsync("watch", "last");
        Assert.Equal(130, said.Code);
        Assert.Empty(shell.Silo.Calls);
    }

    [Fact]
    public async Task Watch_Json_PrintsALineForEachChange()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        SweepStatus same = Statuses.Of(SweepPhase.Running, Statuses.Running(1, 100, score: 0.5));
        Play(() => same, () => same, () => Statuses.Of(SweepPhase.Paused, Statuses.Experiment(1, 100)));

        string[] lines = (await shell.RunAsync("watch", "last", "--json")).Out.Trim().Split('\n');

        Assert.Equal(2, lines.Length);
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(("running", 0.5), (first.GetProperty("phase").GetString(), first.GetProperty("experiments")[0].GetProperty("score").GetDouble()));
    }

    [Fact]
    public async Task Resume_Detached_AsksTheSiloAndLeaves()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync("resume", "two", "--detach");
        Assert.Equal((0, "two-1"), (said.Code, shell.Silo.Id));
        Assert.Equal(["resume"], shell.Silo.Calls);
    }

    [Fact]
    public async Task Cancel_ActiveAndEnded_AsksOnlyForTheActive()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Assert.Equal(0, (await shell.RunAsync("cancel", "last", "--reason", "enough")).Code);
        Assert.Equal(["cancel enough"], shell.Silo.Calls);
        await shell.Store.DeleteAsync(StoreLayout.Active("two-1"), CancellationToken.None);
        Assert.Contains("has ended already", (await shell.RunAsync("cancel", "last")).Error);
        Assert.Single(shell.Silo.Calls);
    }

    [Fact]
    public async Task Generate_SilosPicture_ArrivesAndIsTakenFromTheStore()
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        await shell.Store.WriteTextAsync(StoreLayout.Checkpoint("two-1", 2, 400, 1, "ab"), "weights");
        shell.Silo.Job = async asked =>
        {
            Assert.Contains("Sweep = two-1, Experiment = 2, Count = 9, Seed = 5, Interpolate = True", asked);
            await shell.Store.WriteTextAsync("jobs/answer.png", "a picture");
            return "jobs/answer.png";
        };

        Said said = await shell.RunAsync("generate", "last/2", "--count", "9", "--seed", "5", "--interpolate", "--out", "cats.png");

        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.Equal("a picture", File.ReadAllText(Path.Combine(shell.Folder, "cats.png")));
        Assert.Null(await shell.Store.GetInfoAsync("jobs/answer.png", CancellationToken.None));
        Assert.Equal(["cats.png", "two.yaml"], Directory.GetFiles(shell.Folder).Select(f => Path.GetFileName(f)).Order());
    }

    [Theory]
    [InlineData(552)]
    [InlineData(138, "--magnify", "1")]
    [InlineData(276, "--magnify", "2")]
    public async Task Generate_SmallPicture_IsMagnifiedUnlessAskedOtherwise(int width, params string[] options)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        await shell.Store.WriteTextAsync(StoreLayout.Checkpoint("two-1", 2, 400, 1, "ab"), "weights");
        shell.Silo.Job = async _ =>
        {
            using SKBitmap small = new(138, 69);
            small.SetPixel(137, 68, SKColors.Red);
            using SKData png = small.Encode(SKEncodedImageFormat.Png, 100);
            await shell.Store.WriteBytesAsync("jobs/answer.png", png.ToArray());
            return "jobs/answer.png";
        };

        Assert.Equal(0, (await shell.RunAsync(["generate", "last/2", "--out", "cats.png", .. options])).Code);

        using SKBitmap drawn = SKBitmap.Decode(Path.Combine(shell.Folder, "cats.png"));
        int times = width / 138;
        Assert.Equal((width, width / 2), (drawn.Width, drawn.Height));
        Assert.Equal(SKColors.Red, drawn.GetPixel(width - times, width / 2 - times));
        Assert.NotEqual(SKColors.Red, drawn.GetPixel(width - times - 1, width / 2 - 1));
    }

    [Theory]
    [InlineData("submit", "two.yaml")]
    [InlineData("resume", "last", "--detach")]
    [InlineData("cancel", "last")]
    [InlineData("export", "last/2")]
    [InlineData("generate", "last/2")]
    public async Task MayStartASilo_SlotsAndDevice_ArePassedOn(params string[] args)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        await shell.Store.WriteTextAsync(StoreLayout.Checkpoint("two-1", 2, 400, 1, "ab"), "weights");
        shell.Silo.Job = async _ =>
        {
            await shell.Store.WriteTextAsync("jobs/answer", "made");
            return "jobs/answer";
        };
        Assert.Equal(0, (await shell.RunAsync([.. args, "--slots", "3", "--device", "cpu"])).Code);
        Assert.Equal(new(3, "cpu"), shell.Silo.Wishes);
    }

    [Theory]
    [InlineData("--slots", "0", "--slots is 0, but must be from 1 to 1024")]
    [InlineData("--device", "gpu", "--device is gpu, but must be cpu, cuda or cuda:N")]
    public async Task Submit_WishNoSiloTakes_IsRefused(string option, string value, string expected)
    {
        Said said = await shell.RunAsync("submit", "two.yaml", option, value);
        Assert.Equal(2, said.Code);
        Assert.Contains(expected, said.Error);
        Assert.Empty(shell.Silo.Calls);
    }

    [Theory]
    [InlineData(3, "has no checkpoint", "export", "last/1")]
    [InlineData(2, "names no experiment", "export", "last")]
    [InlineData(2, "is not there", "generate", "last/2", "--out", "no/such/folder.png")]
    public async Task GenerateAndExport_NothingToDo_SaysWhy(int code, string expected, params string[] args)
    {
        await Journals.WriteHalfDoneAsync(shell.Store, "two-1");
        Said said = await shell.RunAsync(args);
        Assert.Equal(code, said.Code);
        Assert.Contains(expected, said.Error);
    }

    [Theory]
    [InlineData(0, Outcome.Completed, Outcome.Failed)]
    [InlineData(0, Outcome.Diverged, Outcome.Completed)]
    [InlineData(1, Outcome.Failed, Outcome.OutOfMemory)]
    public void Code_EndedSweep_IsFailedOnlyWithoutAnyResult(int expected, Outcome first, Outcome second) =>
        Assert.Equal(expected, SweepFollower.Code(Statuses.Of(SweepPhase.Finished, Statuses.Ended(1, first), Statuses.Ended(2, second))));

    private void Play(params Func<SweepStatus?>[] script) => shell.Silo.Script.AddRange(script);

    private Func<SweepStatus?> Interrupted(Func<SweepStatus?> status) => () =>
    {
        shell.Interrupt.Cancel();
        return status();
    };
}
