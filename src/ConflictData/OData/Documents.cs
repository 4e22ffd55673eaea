using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>The service document and $metadata. They hold no rows and do not depend on the release.</summary>
internal sealed class Documents(Settings settings)
{
    private readonly ModelDocuments model = new(settings);

    public Result<Answer> Answer(HttpContext http, ODataRequest request)
    {
        if (request.Options.AllowOnly("format") is { } error)
        {
            return error;
        }
        var (representation, metadata) = (request.Representation, request.Target.Kind == TargetKind.Metadata);
        if (metadata && representation is { Format: AnswerFormat.Json, Version: "4.0" })
        {
            return new ApiError(ErrorCode.NotSupported, "This service does not support $metadata as JSON for OData 4.0, which has none.") { Target = "$format" };
        }
        var tag = EntityTag.Of(request.Call.Root, request.Target.Kind, model.Version, representation.Version, representation.ContentType);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        if (Preconditions.Failed(http.Request) is { } refusal)
        {
            return refusal;
        }
        if (EntityTag.IsKnown(http.Request, tag) || EntityTag.IsAnyKnown(http.Request))
        {
            return OData.Answer.Empty(StatusCodes.Status304NotModified);
        }
        return !metadata ? OData.Answer.Bytes(representation.ContentType, ServiceDocument.Write(request.Call, representation))
            : representation.Format == AnswerFormat.Json ? OData.Answer.Bytes("application/json", model.Json)
            : OData.Answer.Bytes("application/xml", representation.Version == "4.0" ? model.Xml40 : model.Xml401);
    }
}
