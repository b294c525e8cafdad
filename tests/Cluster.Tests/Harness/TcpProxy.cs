using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CatGan.Cluster.Tests.Harness;

/// <summary>What stands between a client and its server does.</summary>
internal enum Line
{
    /// <summary>Carries everything.</summary>
    Open,

    /// <summary>Nothing listens, and connections that were open are cut.</summary>
    Refusing,

    /// <summary>Takes connections and bytes, and carries nothing.</summary>
    Hanging,

    /// <summary>Carries <see cref="TcpProxy.ThrottledRate"/> bytes a second in each direction of each connection.</summary>
    Throttled,
}

/// <summary>A TCP proxy on loopback whose line can be cut, held and narrowed while it runs.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    /// <summary>Bytes a second of a throttled line.</summary>
    public const int ThrottledRate = 2048;

    private readonly int _target;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _sockets = [];
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TcpProxy(int target)
    {
        _target = target;
        Port = Ports.Free();
        Listen();
    }

    /// <summary>Where clients connect to.</summary>
    public int Port { get; }

    /// <summary>What the line does now.</summary>
    public Line Line { get; private set; }

    /// <summary>Changes what the line does, for open connections too.</summary>
    public void Set(Line line)
    {
        lock (_lock)
        {
            Line = line;
            TaskCompletionSource changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
        if (line == Line.Refusing)
        {
            _listener?.Dispose();
            _listener = null;
            Cut();
        }
        else if (_listener is null)
        {
            Listen();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener?.Dispose();
        Cut();
        _over.Dispose();
    }

    private void Cut()
    {
        // A reset, as of a machine that is gone. Those that end by themselves meanwhile have no socket any more.
        foreach (TcpClient client in _sockets.Keys)
            client.Client?.Close(timeout: 0);
        _sockets.Clear();
    }

    private void Listen()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The line was cut, or the test is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using TcpClient near = client;
        using TcpClient far = new();
        _sockets[near] = _sockets[far] = 0;
        try
        {
            await PassableAsync();
            await far.ConnectAsync(IPAddress.Loopback, _target, _over.Token);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone; so is the other.
        }
        finally
        {
            _sockets.TryRemove(near, out _);
            _sockets.TryRemove(far, out _);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int part = Line == Line.Throttled ? ThrottledRate / 10 : buffer.Length;
            int count = await from.GetStream().ReadAsync(buffer.AsMemory(0, part), _over.Token);
            if (count == 0)
                return;
            await PassableAsync();
            if (Line == Line.Throttled)
                await Task.Delay(TimeSpan.FromSeconds((double)count / ThrottledRate), TimeProvider.System, _over.Token);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _over.Token);
        }
    }

    private async Task PassableAsync()
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (Line is Line.Open or Line.Throttled)
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(_over.Token);
        }
    }
}
