using System.Globalization;
using CatGan.Coordinator.Serve.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace CatGan.Coordinator.Serve.Pages.Parts;

/// <summary>What every page has: the request, its end, the time and the sweeps.</summary>
public abstract class PageBase : ComponentBase
{
    /// <summary>The request that the page answers.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    private protected SweepBoard Board { get; set; } = null!;

    [Inject]
    private protected TimeProvider Clock { get; set; } = null!;

    /// <summary>Ends when nobody waits for the page any more.</summary>
    protected CancellationToken Aborted => Http.RequestAborted;

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // All is read before anything is drawn: a component is otherwise drawn once while it still reads.
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the page shows.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>The address of this page with some values of its query set anew; null takes one away.</summary>
    /// <param name="values">Names and values.</param>
    protected string With(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        List<KeyValuePair<string, string>> query = [.. Http.Request.Query.SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""))];
        foreach ((string name, object? value) in values)
        {
            query.RemoveAll(q => q.Key == name);
            if (value is not null)
                query.Add(new(name, string.Create(CultureInfo.InvariantCulture, $"{value}")));
        }
        query.RemoveAll(q => q.Value.Length == 0);
        return Http.Request.Path.Value + QueryString.Create(query!);
    }
}
