using CatGan.Grains.Workers;

namespace CatGan.Grains.Tests.Workers;

/// <summary>How much of a run may wait in memory for the store.</summary>
public sealed class RunPostsTests : IDisposable
{
    private readonly RunControl _control = new(new GrainsTiming());
    private readonly List<string> _log = [];
    private readonly RunPosts _posts;

    public RunPostsTests() => _posts = new RunPosts(_control, line =>
    {
        lock (_log)
            _log.Add(line);
    });

    [Fact]
    public void OnCheckpoint_StoreIsSlow_FurtherOrdinaryOnesAreLeftOut()
    {
        Copy[] copies = [.. Enumerable.Range(1, 5).Select(n => new Copy(n))];
        foreach (Copy copy in copies)
            _posts.OnCheckpoint(copy, rung: false);
        Assert.Equal([1L, 2L], Posted().OfType<CheckpointPost>().Select(p => p.Copy.Images));
        Assert.Equal([false, false, true, true, true], copies.Select(c => c.Disposed));
    }

    [Fact]
    public async Task OnCheckpoint_AFifthRungWaits_TrainingWaitsUntilThereIsRoom()
    {
        Task training = Task.Run(() =>
        {
            for (int rung = 1; rung <= RunPosts.MostRungs + 1; rung++)
                _posts.OnCheckpoint(new Copy(rung), rung: true);
        });
        List<RunPost> posted = [];
        while (posted.Count < RunPosts.MostRungs)
            posted.Add(await _posts.Reader.ReadAsync());
        Assert.False(_posts.Reader.TryRead(out _));
        Assert.False(training.IsCompleted);
        _posts.Done(posted[0]);
        Assert.Equal(5, ((CheckpointPost)await _posts.Reader.ReadAsync()).Copy.Images);
        await training;
        Assert.Equal(["Training waits at 5 images: 4 checkpoints wait for the store.", "Training goes on."], _log);
    }

    [Fact]
    public async Task OnCheckpoint_WhileItWaitsTheRunIsToLeave_WaitsNoLonger()
    {
        for (int rung = 1; rung <= RunPosts.MostRungs; rung++)
            _posts.OnCheckpoint(new Copy(rung), rung: true);
        Task training = Task.Run(() => _posts.OnCheckpoint(new Copy(5), rung: true));
        _control.Leave(LeaveWhy.HandBack, "paused");
        await training.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(5, Posted().Count());
    }

    [Fact]
    public void OnSamples_StoreIsSlow_FurtherPicturesAreLeftOutAndTheLogSaysSo()
    {
        for (int n = 1; n <= RunPosts.MostSamples + 2; n++)
            _posts.OnSamples(n, new byte[] { 1 });
        Assert.Equal(RunPosts.MostSamples, Posted().Count());
        Assert.Equal(2, _log.Count);
    }

    public void Dispose() => _control.Dispose();

    private IEnumerable<RunPost> Posted()
    {
        while (_posts.Reader.TryRead(out RunPost? post))
            yield return post;
    }

    private sealed class Copy(long images) : ICheckpointCopy
    {
        public long Images => images;

        public long Updates => images;

        public bool Disposed { get; private set; }

        public Task WriteAsync(Stream destination, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => Disposed = true;
    }
}
