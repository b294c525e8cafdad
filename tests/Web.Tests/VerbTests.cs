using System.Net.Http.Json;
using System.Text;
using CatGan.Abstractions;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

public sealed class VerbTests(VerbTests.Shared shared) : IClassFixture<VerbTests.Shared>
{
    private const string Root = $"/api/v1/sweeps/{Cats.Id}";

    public static TheoryData<string, string?, string> Verbs => new()
    {
        { "pause", null, "PauseSweep { }" },
        { "extend", """{"images": 2000, "experiments": 9}""", "ExtendSweep { BudgetImages = 2000, BudgetTime = , Configurations = 9 }" },
        { "extend", """{"seconds": 60}""", "ExtendSweep { BudgetImages = , BudgetTime = 00:01:00, Configurations =  }" },
        { "retry", null, "RetryExperiments { Experiment = , Fresh = False }" },
        { "priority", """{"weight": 2, "cap": 0}""", "ChangeShare { Weight = 2, Cap = 0 }" },
        { "experiments/4/pause", null, "PauseExperiment { Experiment = 4 }" },
        { "experiments/4/resume", null, "ResumeExperiment { Experiment = 4 }" },
        { "experiments/4/cancel", """{"reason": "no good"}""", "CancelExperiment { Experiment = 4, Reason = no good }" },
        { "experiments/3/retry", """{"fresh": true}""", "RetryExperiments { Experiment = 3, Fresh = True }" },
        { "experiments/1/pin", """{"images": 500}""", "PinCheckpoint { Experiment = 1, Images = 500, Pinned = True }" },
        { "experiments/1/unpin", null, "PinCheckpoint { Experiment = 1, Images = , Pinned = False }" },
    };

    [Theory, MemberData(nameof(Verbs))]
    public async Task Verb_Posted_ReachesTheSweepAsItsCommand(string path, string? body, string expected)
    {
        Site site = shared.Fresh();
        Answer answer = await site.SendAsync(HttpMethod.Post, $"{Root}/{path}", body: body is null ? null : Json(body));
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(expected, $"{Assert.Single(site.Silo.Commands)}");
        Assert.Equal("done", answer.Json.GetProperty("done").GetString());
        Assert.Equal(Cats.Id, site.Silo.Id);
    }

    [Theory, MemberData(nameof(Verbs))]
    public async Task Verb_WrittenByTheCommandLine_IsWhatTheApiReads(string path, string? body, string expected)
    {
        Site site = shared.Fresh();
        await site.SendAsync(HttpMethod.Post, $"{Root}/{path}", body: body is null ? null : Json(body));
        (string wire, object? sent) = Coordinator.Sweeps.Verbs.Wire(Assert.Single(site.Silo.Commands));
        await site.SendAsync(HttpMethod.Post, $"{Root}/{wire}", body: sent is null ? null : JsonContent.Create(sent, sent.GetType(), options: Coordinator.Serve.Api.ApiJson.Options));
        Assert.Equal(expected, $"{site.Silo.Commands[^1]}");
        Assert.Equal(2, site.Silo.Commands.Count);
    }

    [Fact]
    public async Task Tags_Posted_AreAddedAndRemoved()
    {
        Site site = shared.Fresh();
        await site.SendAsync(HttpMethod.Post, $"{Root}/tags", body: Json("""{"add": ["good"], "remove": ["bad"], "note": ""}"""));
        TagSweep command = Assert.IsType<TagSweep>(Assert.Single(site.Silo.Commands));
        Assert.Equal(("good", "bad", ""), (Assert.Single(command.Add), Assert.Single(command.Remove), command.Note));
    }

    [Fact]
    public async Task ResumeAndCancel_OfASweep_SayWhetherThereWasSomethingToDo()
    {
        await using Site site = await WithSiloAsync();
        site.Silo.OnResume = () => false;
        Assert.False((await site.SendAsync(HttpMethod.Post, $"{Root}/resume")).Json.GetProperty("changed").GetBoolean());
        Assert.True((await site.SendAsync(HttpMethod.Post, $"{Root}/cancel", body: Json("""{"reason": "enough"}"""))).Json.GetProperty("changed").GetBoolean());
        Assert.Equal(["resume", "cancel enough"], site.Silo.Calls);
    }

    [Theory]
    [InlineData("experiments/99/pause")]
    [InlineData("experiments/99/pin")]
    [InlineData("experiments/0/retry")]
    public async Task Verb_ForAnExperimentThatIsNotThere_IsNotFound(string path)
    {
        Site site = shared.Fresh();
        site.Silo.OnCommand = _ => new(null, "in the silo's words");
        Answer answer = await site.SendAsync(HttpMethod.Post, $"/api/v1/sweeps/{Cats.Id}/{path}");
        Assert.Equal((404, $"there is no experiment {path.Split('/')[1]} in cats-1; it has 5"), (answer.Status, answer.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Verb_Refused_IsAConflictWithTheSweepsWords()
    {
        Site site = shared.Fresh();
        site.Silo.OnCommand = _ => new(null, "experiment 3 gave a result");
        Answer answer = await site.SendAsync(HttpMethod.Post, $"{Root}/experiments/3/retry");
        Assert.Equal(409, answer.Status);
        Assert.Equal("cats-1: experiment 3 gave a result", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Verb_AnswerLost_IsAskedAgain()
    {
        await using Site site = await WithSiloAsync();
        int tries = 0;
        site.Silo.OnCommand = _ => ++tries < 3 ? throw new TimeoutException() : new("done at last", null);
        Assert.Equal("done at last", (await site.SendAsync(HttpMethod.Post, $"{Root}/pause")).Json.GetProperty("done").GetString());
    }

    [Theory]
    [InlineData("extend", "{}", 400, "name what there is to be more of")]
    [InlineData("extend", """{"images": 0}""", 400, "images is 0, but must be from 1")]
    [InlineData("extend", """{"imagse": 10}""", 400, "imagse")]
    [InlineData("priority", """{"weight": 0}""", 400, "weight is 0, but must be from 0.001")]
    [InlineData("priority", """{"weight": "NaN"}""", 400, "weight is NaN")]
    [InlineData("tags", """{"add": [""]}""", 400, "must have 1 to 50 characters")]
    [InlineData("experiments/1/pin", """{"images": -1}""", 400, "images is -1")]
    [InlineData("extend", "not json", 400, "the body is not JSON that can be read")]
    public async Task Body_OutOfBounds_IsRefusedByName(string path, string body, int status, string words)
    {
        Site site = shared.Fresh();
        Answer answer = await site.SendAsync(HttpMethod.Post, $"{Root}/{path}", body: Json(body));
        Assert.Equal(status, answer.Status);
        Assert.Contains(words, answer.Json.GetProperty("detail").GetString());
        Assert.Empty(site.Silo.Commands);
    }

    [Fact]
    public async Task Verb_OfNoSweep_StartsNothing()
    {
        Site site = shared.Fresh();
        Assert.Equal(404, (await site.SendAsync(HttpMethod.Post, "/api/v1/sweeps/nosuch/pause")).Status);
        Assert.Empty(site.Silo.Commands);
    }

    [Fact]
    public async Task Generate_OfAnExperiment_AnswersWithThePictureAndLeavesNothing()
    {
        await using Site site = await Site.StartAsync(async s =>
        {
            var sweep = await Cats.WriteAsync(s.Store);
            await Storage.BlobStoreExtensions.WriteTextAsync(s.Store, StoreLayout.Checkpoint(Cats.Id, 4, 500, 1, "ab"), "x");
        });
        string blob = StoreLayout.Job(Guid.NewGuid(), "png");
        site.Silo.Job = async asked =>
        {
            Assert.Contains("Count = 9", asked);
            await Storage.BlobStoreExtensions.WriteTextAsync(site.Store, blob, "a picture");
            return blob;
        };
        Answer answer = await site.SendAsync(HttpMethod.Post, $"{Root}/experiments/4/generate", body: Json("""{"count": 9}"""));
        Assert.Equal((200, "image/png", "a picture"), (answer.Status, answer.Headers["Content-Type"], answer.Text));
        Assert.Null(await site.Store.GetInfoAsync(blob, CancellationToken.None));
        Assert.Equal(404, (await site.SendAsync(HttpMethod.Post, $"{Root}/experiments/1/generate")).Status);
    }

    private static async Task<Site> WithSiloAsync()
    {
        Site site = await Site.StartAsync(s => Cats.WriteAsync(s.Store));
        site.Silo.Script.Add(() => null);
        return site;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A server and a silo for one test after the other.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        private Site site = null!;

        public async ValueTask InitializeAsync() => site = await WithSiloAsync();

        public ValueTask DisposeAsync() => site.DisposeAsync();

        internal Site Fresh()
        {
            site.Silo.Commands.Clear();
            site.Silo.OnCommand = _ => new("done", null);
            return site;
        }
    }
}
