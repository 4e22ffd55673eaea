using System.Text.RegularExpressions;
using ConflictData.Api;
using ConflictData.Datasets;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace ConflictData.OData;

/// <summary>Reads the path of a request with the library's parser.</summary>
/// <param name="aliases">What parameter aliases in keys stand for.</param>
/// <param name="limits">How long it may be.</param>
internal sealed partial class PathParser(IReadOnlyDictionary<string, string> aliases, Settings limits)
{
    private static readonly Uri Root = new("http://service/");

    /// <summary>Addresses of the standard that the library, or this service, has no use for.</summary>
    private static readonly string[] Unsupported = ["$batch", "$crossjoin", "$all", "$entity", "$query", "$each", "$ref", "$delta", "$links"];

    public Result<ODataTarget> Parse(string path)
    {
        var (records, isReference) = PathSuffix.WithoutReference(path);
        if (!isReference || !ParseRecords(records).Succeeded(out var target, out _))
        {
            return ParseRecords(path);
        }
        return target.Kind is TargetKind.Set or TargetKind.Entity ? target with { IsReference = true } : NotFound(path);
    }

    private Result<ODataTarget> ParseRecords(string path)
    {
        var segments = path.Trim('/').Split('/').Select(WithKey).ToArray();
        if (segments.FirstOrDefault(IsUnsupported) is { } name)
        {
            return NotSupported(name.Split('(')[0]);
        }
        if (segments.Any(segment => segment is "." or ".."))
        {
            return NotFound(path);
        }
        try
        {
            var parser = new ODataUriParser(ODataModel.Edm, Root, new Uri(Root, string.Join('/', segments.Select(Uri.EscapeDataString))))
            {
                Resolver = OptionParser.Resolver,
                UrlKeyDelimiter = ODataUrlKeyDelimiter.Slash,
            };
            var read = parser.ParsePath().ToArray();
            return read.OfType<TypeSegment>().Any() ? NotSupported("a type in the path")
                : read.OfType<KeySegment>().Any(key => key.Keys.Single().Value is not string) ? Bad("A key is a string in single quotes, or an alias for one.")
                : read.OfType<NavigationPropertySegment>().Count() > limits.MaxPathSteps ? Bad($"A path may go at most {limits.MaxPathSteps} steps from record to record. Begin it at a record further on.")
                : Read(read, path);
        }
        catch (ODataUnrecognizedPathException)
        {
            return NotFound(path);
        }
        catch (ODataException error)
        {
            return LibraryMessage.ToError(error.Message, limits) with { Target = "path" };
        }
    }

    private static Result<ODataTarget> Read(ODataPathSegment[] segments, string path) => segments switch
    {
        [] => new ODataTarget(TargetKind.ServiceDocument),
        [MetadataSegment] => new ODataTarget(TargetKind.Metadata),
        [EntitySetSegment set] => new ODataTarget(TargetKind.Set, DatasetOf(set)),
        [EntitySetSegment set, CountSegment] => new ODataTarget(TargetKind.Count, DatasetOf(set)),
        [EntitySetSegment set, KeySegment key, .. var rest] => ReadFrom(new ODataTarget(TargetKind.Entity, DatasetOf(set), KeyOf(key)), rest, path),
        _ => NotFound(path),
    };

    /// <summary>Reads what comes after a record.</summary>
    private static Result<ODataTarget> ReadFrom(ODataTarget record, ODataPathSegment[] segments, string path) => segments switch
    {
        [] => record,
        [NavigationPropertySegment to, KeySegment key, .. var rest] => ReadFrom(Step(record, to, KeyOf(key)), rest, path),
        [NavigationPropertySegment to, .. var rest] => Step(record, to, null) is var next && next.Kind == TargetKind.Entity
            ? ReadFrom(next, rest, path)
            : ReadFromAll(next, rest, path),
        [PropertySegment property] => record with { Kind = TargetKind.Property, Column = record.Dataset![property.Property.Name] },
        [PropertySegment property, ValueSegment] => record with { Kind = TargetKind.Value, Column = record.Dataset![property.Property.Name] },
        [.., ValueSegment] => NotSupported("$value of a record"),
        _ => NotFound(path),
    };

    private static Result<ODataTarget> ReadFromAll(ODataTarget all, ODataPathSegment[] segments, string path) => segments switch
    {
        [] => all,
        [CountSegment] => all with { Kind = TargetKind.Count },
        _ => NotFound(path),
    };

    /// <summary>A segment with the key that an alias in it stands for.</summary>
    private string WithKey(string segment) =>
        KeyAlias().Replace(segment, match => aliases.TryGetValue(match.Value, out var key) ? key : match.Value);

    private static ODataTarget Step(ODataTarget from, NavigationPropertySegment segment, string? key)
    {
        var step = new PathStep(Navigations.Of(segment.NavigationProperty), key);
        return new(step.IsToAll ? TargetKind.Set : TargetKind.Entity, step.Way.To)
        {
            Via = from.Via is { } via ? via with { Steps = [.. via.Steps, step] } : new(from.Dataset!, from.Key!, [step]),
        };
    }

    private static Dataset DatasetOf(EntitySetSegment segment) => ODataModel.DatasetOf(segment.EntitySet.EntityType);

    private static string KeyOf(KeySegment segment) => (string)segment.Keys.Single().Value;

    private static bool IsUnsupported(string segment) =>
        Unsupported.Any(name => segment.Equals(name, StringComparison.OrdinalIgnoreCase) || segment.StartsWith(name + "(", StringComparison.OrdinalIgnoreCase));

    private static ApiError NotSupported(string what) => new(ErrorCode.NotSupported, $"This service does not support {what}.") { Target = what };

    [GeneratedRegex(@"(?<=\([A-Za-z]*=?)@\w+(?=\)$)")]
    private static partial Regex KeyAlias();

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail) { Target = "path" };

    private static ApiError NotFound(string path) => new(ErrorCode.NotFound, $"There is nothing at {path}.") { Target = "path" };
}
