using System.Text;
using ConflictData.Api;
using ConflictData.OData;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OpenApi;

/// <summary>What the addresses of the description answer. It is made once, when somebody asks for it first.</summary>
/// <param name="settings">The limits that it names, and the address that it gives.</param>
public sealed class OpenApiAnswers(Settings settings)
{
    /// <summary>Media type of YAML.</summary>
    public const string Yaml = "application/yaml";

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> made = [];

    /// <summary>The description as JSON.</summary>
    public IResult AsJson(ApiCall call, IReadOnlyList<ApiFunction> functions) => Answer(call, functions, Answers.Json);

    /// <summary>The description as YAML.</summary>
    public IResult AsYaml(ApiCall call, IReadOnlyList<ApiFunction> functions) => Answer(call, functions, Yaml);

    /// <summary>The functions are those of the app, and so the same each time; the address may be another for each client.</summary>
    private IResult Answer(ApiCall call, IReadOnlyList<ApiFunction> functions, string mediaType)
    {
        var text = Made(functions, mediaType);
        var server = call.Links.Api.AbsoluteUri.TrimEnd('/');
        return new TaggedResult(Encoding.UTF8.GetBytes(text.Replace(ApiDocument.Server, server, StringComparison.Ordinal)), mediaType);
    }

    private string Made(IReadOnlyList<ApiFunction> functions, string mediaType)
    {
        lock (gate)
        {
            if (!made.TryGetValue(mediaType, out var text))
            {
                text = ApiDocument.Of(functions, settings).Write(asYaml: mediaType == Yaml);
                made.Add(mediaType, text);
            }

            return text;
        }
    }
}
