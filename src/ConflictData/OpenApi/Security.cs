using ConflictData.Access;
using Microsoft.OpenApi;

namespace ConflictData.OpenApi;

/// <summary>The ways to say who one is.</summary>
internal static class Security
{
    /// <summary>Which scopes let a caller in; any of them does, while a requirement names the least.</summary>
    public const string ScopesExtension = "x-scopes";

    private const string Scopes =
        "Scopes: `read` everything, `contribute` records and change one's own, `curate` anybody's and tag releases, `admin` all of that, and make keys. An operation's `x-scopes` lists those of which one is needed.";

    private static readonly (string Name, OpenApiSecurityScheme Scheme)[] Schemes =
    [
        ("apiKey", new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-api-key", Description = $"A key, `cf_{{id}}_{{secret}}`. {Scopes}" }),
        ("bearer", new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same key as Bearer token." }),
        ("basic", new() { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "The same key as password, with any user name." }),
        ("code", new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Query, Name = "code", Description = "The same key in the address, as Power BI's Web API credential sends it. No link and no log repeats it." }),
        ("entraId", new()
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT",
            Description = "An access token of the Entra ID tenant that the settings name, where they do. Its app roles `Read`, `Contribute`, `Curate` and `Admin` are the scopes.",
        }),
    ];

    public static IEnumerable<(string Name, OpenApiSecurityScheme Scheme)> All() => Schemes;

    /// <summary>Any of the ways, with the least of the scopes; none where the operation is open.</summary>
    /// <param name="document">The document that has the schemes.</param>
    /// <param name="anyOf">The scopes.</param>
    /// <param name="settings">Whether reading needs no key.</param>
    public static List<OpenApiSecurityRequirement> Of(OpenApiDocument document, Scopes anyOf, Settings settings)
    {
        if (anyOf == Access.Scopes.None)
        {
            return [];
        }

        var ways = Schemes.Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme.Name, document)] = [ScopeNames.Of(anyOf)[0]],
        });
        return [.. settings.AnonymousRead && anyOf.HasFlag(Access.Scopes.Read) ? [new OpenApiSecurityRequirement()] : Array.Empty<OpenApiSecurityRequirement>(), .. ways];
    }
}
