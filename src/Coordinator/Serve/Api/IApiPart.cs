using Microsoft.AspNetCore.Routing;

namespace CatGan.Coordinator.Serve.Api;

/// <summary>One resource of the API: a file in this folder and a line in <see cref="ApiCatalogue"/>.</summary>
internal interface IApiPart
{
    /// <summary>Adds its routes.</summary>
    /// <param name="api">The group <c>/api/v1</c>, which every viewer may read; what changes something asks for more by <c>RequireAuthorization</c>.</param>
    void Map(RouteGroupBuilder api);
}
