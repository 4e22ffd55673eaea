using System.Globalization;
using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>How the client wants its answer.</summary>
/// <param name="Version">4.0 or 4.01.</param>
/// <param name="Form">Format, and the parameters of its media type.</param>
/// <param name="Preferences">What it would like besides.</param>
internal sealed record Representation(string Version, AnswerForm Form, Preferences Preferences)
{
    public AnswerFormat Format => Form.Format;

    public string ContentType => Form.ContentType;

    /// <summary>False: odata.metadata=none, only count and next link are written.</summary>
    public bool ControlInformation => Form.Metadata != MetadataLevel.None;

    /// <summary>True where gzip is as welcome as anything else that this service can send.</summary>
    public bool TakesGzip { get; init; }

    /// <summary>True where nulls are left out of objects; CSV has a place for each.</summary>
    public bool OmitsNulls => Preferences.OmitNulls is not null && Format is AnswerFormat.Json or AnswerFormat.NdJson;

    /// <summary>Reads it from headers and $format.</summary>
    public static Result<Representation> Read(HttpRequest request, string? format, TargetKind target) =>
        ReadVersion(request).Succeeded(out var version, out var error) && Negotiation.Choose(request, format, target).Succeeded(out var form, out error)
            ? new Representation(version, form, PreferencesFor(target, request)) { TakesGzip = TakesGzipOf(AcceptedEncodings.Of(request)) }
            : error;

    private static bool TakesGzipOf(AcceptedEncodings accepted) => accepted.Takes("gzip") && accepted.QualityOf("gzip") >= accepted.QualityOf("br");

    /// <summary>The version to answer in: the highest that the client reads.</summary>
    public static Result<string> ReadVersion(HttpRequest request) => request.Headers["OData-MaxVersion"].ToString() switch
    {
        "" => "4.01",
        var max when decimal.TryParse(max, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= 4m =>
            number < 4.01m ? "4.0" : "4.01",
        _ => new ApiError(ErrorCode.BadRequest, "OData-MaxVersion must be 4.0 or later.") { Target = "OData-MaxVersion" },
    };

    /// <summary>Among changes nulls are never left out: what became null is one of them.</summary>
    private static Preferences PreferencesFor(TargetKind target, HttpRequest request)
    {
        var preferences = Preferences.Read(request.Headers["Prefer"]);
        return target == TargetKind.Delta ? preferences with { OmitNulls = null } : preferences;
    }
}
