using System.Globalization;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>How the client wants its answer.</summary>
/// <param name="Version">4.0 or 4.01.</param>
/// <param name="ControlInformation">False: odata.metadata=none, only count and next link are written.</param>
/// <param name="Json">True where JSON is asked for by $format; only $metadata has another form.</param>
/// <param name="MaxPageSize">The page size that the client prefers, as it wrote the preference's name; null = none.</param>
internal sealed record Representation(string Version, bool ControlInformation, bool Json, (string Name, int Rows)? MaxPageSize)
{
    public string ContentType => ControlInformation
        ? "application/json;odata.metadata=minimal;charset=utf-8"
        : "application/json;odata.metadata=none;charset=utf-8";

    /// <summary>Reads it from headers and $format. $metadata is XML whatever Accept says: clients send what they want for rows everywhere.</summary>
    public static Result<Representation> Read(HttpRequest request, string? format, bool forMetadata)
    {
        if (!ReadVersion(request.Headers["OData-MaxVersion"].ToString()).Succeeded(out var version, out var versionError))
        {
            return versionError;
        }
        var byFormat = format is not null;
        if (!(byFormat ? ReadFormat(format!) : forMetadata ? "" : ReadAccept(request)).Succeeded(out var type, out var typeError))
        {
            return typeError;
        }
        return new Representation(version, type != "none", byFormat && type != "xml", ReadPreference(request))
            is var read && type == "xml" && !forMetadata
                ? Unsupported("$format", format!)
                : read;
    }

    private static Result<string> ReadVersion(string max) => max switch
    {
        "" => "4.01",
        _ when decimal.TryParse(max, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= 4m =>
            number < 4.01m ? "4.0" : "4.01",
        _ => new ApiError(ErrorCode.BadRequest, "OData-MaxVersion must be 4.0 or later.") { Target = "OData-MaxVersion" },
    };

    /// <summary>minimal, none or xml.</summary>
    private static Result<string> ReadFormat(string format) => format.ToLowerInvariant() switch
    {
        "json" => "minimal",
        "xml" or "application/xml" => "xml",
        _ when MediaTypeHeaderValue.TryParse(format, out var type) && IsJson(type) => ReadJson(type, "$format"),
        _ => Unsupported("$format", format),
    };

    /// <summary>The first JSON type of the list by quality decides; a client that lists none but takes anything gets JSON.</summary>
    private static Result<string> ReadAccept(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var types) || types.Count == 0)
        {
            return "minimal";
        }
        var ordered = types.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1).ToArray();
        if (ordered.FirstOrDefault(IsJson) is { } json)
        {
            return ReadJson(json, "Accept");
        }
        return ordered.Any(type => type.MatchesAllTypes || type.MediaType == "application/*")
            ? "minimal"
            : Unsupported("Accept", string.Join(", ", types.Select(type => type.MediaType)));
    }

    private static bool IsJson(MediaTypeHeaderValue type) => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static Result<string> ReadJson(MediaTypeHeaderValue type, string target)
    {
        var metadata = "minimal";
        foreach (var parameter in type.Parameters)
        {
            var (name, value) = (parameter.Name.ToString().ToLowerInvariant(), parameter.Value.ToString().ToLowerInvariant());
            if (name is "odata.metadata" or "metadata")
            {
                metadata = value;
            }
            else if (name == "ieee754compatible" && value == "true")
            {
                return Unsupported(target, "IEEE754Compatible=true");
            }
        }
        return metadata is "minimal" or "none" ? metadata : Unsupported(target, $"odata.metadata={metadata}");
    }

    /// <summary>A preference that makes no sense is left alone, as RFC 7240 wants it.</summary>
    private static (string, int)? ReadPreference(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].ToString().Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is [var name, var value] && name.ToLowerInvariant() is "maxpagesize" or "odata.maxpagesize"
                && int.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0)
            {
                return (name.ToLowerInvariant(), rows);
            }
        }
        return null;
    }

    private static ApiError Unsupported(string target, string what) =>
        new(ErrorCode.NotSupported, $"This service does not support {what} in {target}.") { Target = target };
}
