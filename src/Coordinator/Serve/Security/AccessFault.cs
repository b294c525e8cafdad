using Microsoft.AspNetCore.Http;

namespace CatGan.Coordinator.Serve.Security;

/// <summary>Why a request is refused, for whoever writes the answer.</summary>
/// <param name="Detail">The reason.</param>
/// <param name="Hints">What to do about it.</param>
internal sealed record AccessFault(string Detail, IReadOnlyList<string> Hints)
{
    /// <summary>Notes it.</summary>
    public static void Set(HttpContext context, string detail, IReadOnlyList<string> hints) => context.Items[typeof(AccessFault)] = new AccessFault(detail, hints);

    /// <summary>What was noted; null for nothing.</summary>
    public static AccessFault? Of(HttpContext context) => context.Items[typeof(AccessFault)] as AccessFault;
}
