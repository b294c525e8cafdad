using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CatGan.Coordinator.Serve.Pages;

/// <summary>Tells a fault as a page, to a browser that asked for one.</summary>
internal static class FaultPage
{
    /// <summary>True when a person in a browser asked for a page: scripts and programs get problem details.</summary>
    public static bool IsWanted(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.StartsWithSegments("/api")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the page.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        // What drew the page that failed has been used up.
        await using AsyncServiceScope scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        IServiceProvider before = context.RequestServices;
        context.RequestServices = scope.ServiceProvider;
        IReadOnlyList<string> hints = problem.Extensions.TryGetValue("hints", out object? value) && value is IReadOnlyList<string> list ? list : [];
        RenderFragment body = builder =>
        {
            builder.OpenComponent<FaultBody>(0);
            builder.AddComponentParameter(1, nameof(FaultBody.Title), problem.Title);
            builder.AddComponentParameter(2, nameof(FaultBody.Detail), problem.Detail);
            builder.AddComponentParameter(3, nameof(FaultBody.Hints), hints);
            builder.CloseComponent();
        };
        RazorComponentResult<Root> page = new(new Dictionary<string, object?> { [nameof(Root.Body)] = body }) { StatusCode = problem.Status };
        try
        {
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = before;
        }
    }
}
