using Microsoft.Extensions.Configuration;

namespace CatGan.Coordinator.App;

/// <summary>
/// What stands for options that nobody typed: the environment (<c>CATGAN_NAME</c>, then <c>CatGan__Name</c>), then
/// section <c>CatGan</c> of <c>appsettings.json</c> in the working folder, then of the one beside the program.
/// </summary>
internal sealed class Settings(Surroundings surroundings)
{
    /// <summary>URI of the store.</summary>
    public const string Store = "Store";

    /// <summary>Address of the cluster.</summary>
    public const string Cluster = "Cluster";

    /// <summary>Id of the cluster.</summary>
    public const string ClusterId = "ClusterId";

    /// <summary>Address of a server to ask in place of store and silos.</summary>
    public const string Server = "Server";

    /// <summary>The key for the server.</summary>
    public const string Key = "Key";

    /// <summary>PEM file of the only CA to trust.</summary>
    public const string TlsCa = "TlsCa";

    /// <summary>PEM file of the own certificate.</summary>
    public const string TlsCert = "TlsCert";

    /// <summary>PEM file of its key.</summary>
    public const string TlsKey = "TlsKey";

    /// <summary>Address of the OpenID provider.</summary>
    public const string OidcAuthority = "OidcAuthority";

    /// <summary>The server's client id there.</summary>
    public const string OidcClient = "OidcClient";

    /// <summary>The server's secret there.</summary>
    public const string OidcSecret = "OidcSecret";

    /// <summary>The claim that says who may what.</summary>
    public const string OidcRoleClaim = "OidcRoleClaim";

    /// <summary>Which of its values give which role, with semicolons between.</summary>
    public const string OidcRoles = "OidcRoles";

    /// <summary>Scopes to ask for besides, with semicolons between.</summary>
    public const string OidcScopes = "OidcScopes";

    /// <summary>Whom tokens of scripts are for.</summary>
    public const string OidcAudience = "OidcAudience";

    /// <summary>What the sign-in page calls the provider.</summary>
    public const string OidcName = "OidcName";

    /// <summary>How long a sign-in there lasts.</summary>
    public const string OidcSession = "OidcSession";

    /// <summary>Where browsers reach a server behind a proxy.</summary>
    public const string PublicUrl = "PublicUrl";

    private const string File = "appsettings.json";

    private readonly Lazy<IConfiguration> files = new(() => Read(surroundings));

    /// <summary>The value of a setting; null when nothing says it.</summary>
    public string? this[string name] =>
        Filled(surroundings.Variable(Variable(name))) ?? Filled(surroundings.Variable($"CatGan__{name}")) ?? Filled(files.Value[$"CatGan:{name}"]);

    /// <summary>The environment variable of a setting: <c>ClusterId</c> is <c>CATGAN_CLUSTER_ID</c>.</summary>
    public static string Variable(string name) =>
        "CATGAN" + string.Concat(name.Select(c => char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    private static IConfigurationRoot Read(Surroundings surroundings)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true)
                .AddJsonFile(Path.Combine(surroundings.WorkingDirectory, File), optional: true)
                .Build();
        }
        catch (InvalidDataException e)
        {
            throw new UserException(ExitCode.BadInput, $"{File} cannot be read: {e.InnerException?.Message ?? e.Message}", "correct it, or take it away");
        }
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
