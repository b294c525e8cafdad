using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CatGan.Coordinator.Tests.Fakes;
using CatGan.Web.Tests.Support;

namespace CatGan.Web.Tests;

public sealed class SubmitTests(ReadingTests.Read idle) : IClassFixture<ReadingTests.Read>
{
    [Fact]
    public async Task Post_ASpec_StartsASweepAndSaysWhere()
    {
        await using Site site = await Site.StartAsync();
        Answer answer = await PostAsync(site, Journals.Spec);
        Assert.Equal((201, $"/api/v1/sweeps/{site.Silo.Id}"), (answer.Status, answer.Headers["Location"]));
        Assert.Equal(site.Silo.Id, answer.Json.GetProperty("sweep").GetString());
        Assert.Equal(Journals.Spec, site.Silo.Submitted!.SpecYaml);
    }

    [Fact]
    public async Task Post_AFaultySpec_NamesEveryFaultByLineAndColumn()
    {
        Site site = idle.Site;
        Answer answer = await PostAsync(site, "name: x\nbudget: {images: -5}\nparameters: {preset: dcgan, sise: 16}\n");
        Assert.Equal(422, answer.Status);
        JsonElement[] faults = [.. answer.Json.GetProperty("faults").EnumerateArray()];
        Assert.Contains(faults, f => f.GetProperty("line").GetInt32() == 2 && f.GetProperty("message").GetString()!.Contains("-5"));
        Assert.Contains(faults, f => f.GetProperty("line").GetInt32() == 3 && f.GetProperty("message").GetString()!.Contains("sise"));
        Assert.Empty(site.Silo.Calls);
    }

    [Theory]
    [InlineData("/api/v1/sweeps", 422)]
    [InlineData("/api/v1/specs/check?status=200", 200)]
    public async Task Post_ASpecOfNothingButFaults_IsAnsweredWithAFewAndTheirNumber(string path, int status)
    {
        string yaml = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"imagse{i}: {i}\n"));
        using StringContent body = new(yaml, Encoding.UTF8, "application/yaml");
        Answer answer = await idle.Site.SendAsync(HttpMethod.Post, path, body: body);
        Assert.Equal(status, answer.Status);
        Assert.InRange(answer.Text.Length, 1000, 200_000);
        JsonElement[] faults = [.. answer.Json.GetProperty("faults").EnumerateArray()];
        Assert.Equal(101, faults.Length);
        Assert.Equal((1, 1), (faults[0].GetProperty("line").GetInt32(), faults[0].GetProperty("column").GetInt32()));
        // Besides the 30,000 keys three are missing.
        Assert.Equal((101, "and 29,903 more"), (faults[100].GetProperty("line").GetInt32(), faults[100].GetProperty("message").GetString()));
        string detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.StartsWith("the spec has more than 100 faults\n  the spec:1:1: imagse0 is not a key", detail);
        Assert.InRange(detail.Split('\n').Length, 4, 10);
    }

    [Fact]
    public async Task Post_TheSameRequestAgain_IsTheSameSweep()
    {
        await using Site site = await Site.StartAsync();
        List<string> ids = [];
        site.Silo.OnSubmit = n => n == 1 ? throw new InvalidOperationException("the silo died") : new(true, null);
        Assert.Equal(500, (await PostAsync(site, Journals.Spec, ("Idempotency-Key", "once"))).Status);
        for (int i = 0; i < 2; i++)
            ids.Add((await PostAsync(site, Journals.Spec, ("Idempotency-Key", "once"))).Json.GetProperty("sweep").GetString()!);
        Assert.Single(ids.Distinct());
        Assert.Equal(site.Silo.Id, ids[0]);
        Assert.NotEqual(ids[0], (await PostAsync(site, Journals.Spec, ("Idempotency-Key", "twice"))).Json.GetProperty("sweep").GetString());
    }

    [Fact]
    public async Task Post_AKeyUsedForAnotherSpec_IsRefused()
    {
        await using Site site = await Site.StartAsync();
        site.Silo.WhenSubmitted = id => Journals.WriteHalfDoneAsync(site.Store, id);
        await PostAsync(site, Journals.Spec, ("Idempotency-Key", "once"));
        Answer answer = await PostAsync(site, Journals.Spec.Replace("1000", "2000"), ("Idempotency-Key", "once"));
        Assert.Equal(409, answer.Status);
        Assert.Contains("was used for another spec", answer.Json.GetProperty("detail").GetString());
    }

    // It waits for a silo and has left no journal yet; that is not the same as having come to nothing.
    [Fact]
    public async Task Post_AKeyWhoseRequestIsUnderWay_IsRefusedToAnotherSpecAndGivenToTheSame()
    {
        await using Site site = await Site.StartAsync();
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        site.Silo.WhenSubmitted = async _ =>
        {
            arrived.TrySetResult();
            await goOn.Task;
        };
        Task<Answer> first = PostAsync(site, Journals.Spec, ("Idempotency-Key", "once"));
        await arrived.Task;
        Answer other = await PostAsync(site, Journals.Spec.Replace("1000", "2000"), ("Idempotency-Key", "once"));
        Task<Answer> again = PostAsync(site, Journals.Spec, ("Idempotency-Key", "once"));
        goOn.SetResult();
        Assert.Equal(409, other.Status);
        Assert.Contains("is under way", other.Json.GetProperty("detail").GetString());
        Assert.Equal((await first).Json.GetProperty("sweep").GetString(), (await again).Json.GetProperty("sweep").GetString());
    }

    // What was refused became no sweep: who corrects it sends it again under the same key.
    [Fact]
    public async Task Post_AKeyWhoseSweepNeverCameToBe_TakesTheCorrectedSpec()
    {
        await using Site site = await Site.StartAsync();
        string missing = Journals.Spec.Replace("builtin:drawn-cats", "nobody");
        Assert.NotEqual(Journals.Spec, missing);
        Answer refused = await PostAsync(site, missing, ("Idempotency-Key", "once"));
        Assert.True(refused.Status is >= 400 and < 500, refused.Text);
        Answer made = await PostAsync(site, Journals.Spec, ("Idempotency-Key", "once"));
        Assert.True(made.Status == 201, made.Text);
        Assert.Equal(made.Json.GetProperty("sweep").GetString(), site.Silo.Id);
    }

    [Fact]
    public async Task Post_ASweepThatTheSiloRefuses_IsAConflict()
    {
        await using Site site = await Site.StartAsync();
        site.Silo.OnSubmit = _ => new(false, "There is another sweep with the id x already; give this one another name.");
        Assert.Equal(409, (await PostAsync(site, Journals.Spec)).Status);
    }

    public static TheoryData<string> HostileSettings => new(
        $"{new string('a', 1)}{string.Concat(Enumerable.Repeat(".a", 100_000))}=1",
        $"{string.Join('.', Enumerable.Repeat("a", 1_000))}=1",
        $"note={new string('[', 100_000)}",
        $"note={new string('[', 5_000)}",
        "note=#",
        "note=&a [*a, *a]");

    // A recursion as deep as the text would end the process.
    [Theory, MemberData(nameof(HostileSettings))]
    public async Task Clone_WithAHostileValue_IsRefusedAndTheServerLives(string setting)
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, "old"));
        Answer refused = await site.SendAsync(HttpMethod.Post, "/api/v1/sweeps/old/clone", body: Json(System.Text.Json.JsonSerializer.Serialize(new { set = new[] { setting }, print = true })));
        Assert.True(refused.Status is 400 or 422, refused.Text);
        Assert.Contains(setting[..1], refused.Json.GetProperty("detail").GetString());
        Assert.True(refused.Text.Length < 10_000, $"{refused.Text.Length}");
        Assert.Equal(200, (await site.SendAsync(HttpMethod.Get, "/api/v1/sweeps")).Status);
    }

    [Fact]
    public async Task Put_UnderAnId_IsThatSweepOnceAndForAll()
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, "mine"));
        Answer made = await site.SendAsync(HttpMethod.Put, "/api/v1/sweeps/nightly-2026", body: Yaml(Journals.Spec));
        Assert.Equal((201, "nightly-2026"), (made.Status, made.Json.GetProperty("sweep").GetString()));
        Assert.Equal("nightly-2026", site.Silo.Id);
        Assert.Equal(201, (await site.SendAsync(HttpMethod.Put, "/api/v1/sweeps/mine", body: Yaml(Journals.Spec))).Status);
        Assert.Single(site.Silo.Calls);
        Assert.Equal(409, (await site.SendAsync(HttpMethod.Put, "/api/v1/sweeps/mine", body: Yaml(Journals.Spec.Replace("1000", "2000")))).Status);
        Assert.Equal(400, (await site.SendAsync(HttpMethod.Put, "/api/v1/sweeps/Mine!", body: Yaml(Journals.Spec))).Status);
    }

    [Fact]
    public async Task Clone_WithValuesChanged_ShowsOrStartsTheNewSpec()
    {
        await using Site site = await Site.StartAsync(s => Journals.WriteHalfDoneAsync(s.Store, "old"));
        Answer shown = await site.SendAsync(HttpMethod.Post, "/api/v1/sweeps/old/clone", body: Json("""{"set": ["budget.images=4000"], "print": true}"""));
        Assert.Contains("4000", shown.Text);
        Assert.Empty(site.Silo.Calls);
        Assert.Equal(201, (await site.SendAsync(HttpMethod.Post, "/api/v1/sweeps/old/clone", body: Json("""{"set": ["budget.images=4000"]}"""))).Status);
        Assert.Contains("4000", site.Silo.Submitted!.SpecYaml);
    }

    [Fact]
    public async Task Check_ASpec_ShowsWhatItWouldRun()
    {
        Site site = idle.Site;
        Answer answer = await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check", body: Yaml(Journals.Spec));
        Assert.Equal(2, answer.Json.GetProperty("configurations").GetArrayLength());
        Assert.Empty(site.Silo.Calls);
    }

    [Theory]
    [InlineData("", 422)]
    [InlineData("?status=200", 200)]
    [InlineData("?status=201", 400)]
    public async Task Check_AFaultySpec_AnswersWithTheStatusAskedFor(string query, int status)
    {
        await using Site site = await Site.StartAsync();
        Answer answer = await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check" + query, body: Yaml("name: x\nbudget: {images: -5}\n"));
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"].Split(';')[0]);
        if (status != 400)
            Assert.Contains(answer.Json.GetProperty("faults").EnumerateArray(), f => f.GetProperty("line").GetInt32() == 2);
    }

    [Fact]
    public async Task Check_AsText_IsWhatTheCommandPrintsWithNotesBesides()
    {
        Site site = idle.Site;
        string spec = Journals.Spec.Replace("builtin:drawn-cats?count=64", "mine") + "\nsampler: tpe\nexperiments: 2\nwarm_start: [nosuch]";
        Answer answer = await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check?format=text", body: Yaml(spec));
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal("text/plain; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Matches(@"\nexperiments\s+2\n", answer.Text);
        string notes = Uri.UnescapeDataString(answer.Headers["Catgan-Notes"]);
        Assert.Contains("the store has no data set mine at 16x16 yet", notes);
        Assert.Contains("warm_start: ", notes);
        Assert.DoesNotContain(site.Store.Uri["file:".Length..], notes);
        Assert.Equal(400, (await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check?format=yaml", body: Yaml(spec))).Status);
    }

    [Fact]
    public async Task Post_ASpecOfAMillionExperiments_IsCheckedWithoutWritingThemOut()
    {
        Site site = idle.Site;
        string spec = "name: big\nbudget: {images: 1000}\nsampler: random\nexperiments: 1000000\nparameters: {preset: dcgan, lr: {log_uniform: [1e-5, 1e-2]}}\n";
        Answer answer = await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check", body: Yaml(spec));
        Assert.Equal(1_000_000, answer.Json.GetProperty("experiments").GetInt32());
        Assert.InRange(answer.Json.GetProperty("configurations").GetArrayLength(), 1, 100);
        Assert.Equal(10_000, (await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check?all=true", body: Yaml(spec))).Json.GetProperty("configurations").GetArrayLength());
        Assert.Contains("and 999,960 more (--all lists them)", (await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check?format=text", body: Yaml(spec))).Text);
        Assert.Contains("and 990,000 more\n", (await site.SendAsync(HttpMethod.Post, "/api/v1/specs/check?format=text&all=true", body: Yaml(spec))).Text);
    }

    [Fact]
    public async Task Post_ABombOfAliases_IsAFaultAndTakesNoTime()
    {
        StringBuilder bomb = new("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c <= 'j'; c++)
            bomb.Append($"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n");
        Site site = idle.Site;
        Answer answer = await PostAsync(site, bomb.ToString());
        Assert.Equal(422, answer.Status);
        Assert.Contains("once aliases are written out", answer.Text);
    }

    [Fact]
    public async Task Post_WithoutALengthAndWithoutAnEnd_IsCutOffAtOneMebibyte()
    {
        await using Site site = await Site.StartAsync();
        using StreamContent body = new(new Endless());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/sweeps") { Content = body };
        request.Headers.TransferEncodingChunked = true;
        try
        {
            using HttpResponseMessage answer = await site.Http.SendAsync(request);
            Assert.Equal(413, (int)answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The server closed the connection while the client was still sending: cut off as well.
        }
        Assert.Empty(site.Silo.Calls);
        Assert.Equal(201, (await PostAsync(site, Journals.Spec)).Status);
    }

    [Fact]
    public async Task Post_SomethingPacked_IsNotUnpacked()
    {
        using MemoryStream packed = new();
        await using (GZipStream zip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            await zip.WriteAsync(new byte[50 << 20]);
        Site site = idle.Site;
        using ByteArrayContent body = new(packed.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        body.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(415, (await site.SendAsync(HttpMethod.Post, "/api/v1/sweeps", body: body)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    public async Task Post_OfAnotherType_IsRefused(string type)
    {
        Site site = idle.Site;
        Assert.Equal(415, (await site.SendAsync(HttpMethod.Post, "/api/v1/sweeps", body: new StringContent(Journals.Spec, Encoding.UTF8, type))).Status);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("..%2f..%2fkeys")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\\\b")]
    public async Task Post_ADataSetOutsideTheStore_IsRefused(string dataset)
    {
        Site site = idle.Site;
        Answer answer = await PostAsync(site, Journals.Spec.Replace("builtin:drawn-cats?count=64", $"\"{dataset}\""));
        Assert.InRange(answer.Status, 400, 499);
        Assert.Empty(site.Silo.Calls);
        Assert.DoesNotContain("root:", answer.Text);
    }

    private static Task<Answer> PostAsync(Site site, string spec, params (string, string)[] headers) => site.SendAsync(HttpMethod.Post, "/api/v1/sweeps", body: Yaml(spec), headers: headers);

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A client that never comes to an end.</summary>
    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'#');
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
