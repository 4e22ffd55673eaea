using System.Text.Json;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ConflictData.Datasets;

/// <summary>What the list of all datasets answers: our own document, or a DCAT catalogue for those who gather such.</summary>
public sealed class CatalogueAnswers(SnapshotService snapshots, ReleaseFollower follower, Settings settings)
{
    /// <summary>As <c>format=</c> says (json or jsonld), else by what Accept likes better, else JSON; 304 where the client has it.</summary>
    public async Task<IResult> List(ApiCall call)
    {
        var request = call.Request;
        request.HttpContext.Response.Headers.Append("Vary", "Accept");
        var error = QueryOptions.Unknown(request.Query, "format");
        if (error is not null || !IsLinked(request).Succeeded(out var linked, out error))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        return linked.Value ? await Linked(call) : new TaggedResult(Plain(call.Links), "application/json; charset=utf-8");
    }

    private static byte[] Plain(Links links) => JsonSerializer.SerializeToUtf8Bytes(
        new DatasetList([.. Catalog.Sets.Select(dataset => DatasetDocument.Of(dataset, links))]), ApiJson.Readable.DatasetList);

    private async Task<IResult> Linked(ApiCall call)
    {
        var cancellation = call.Request.HttpContext.RequestAborted;
        if (!(await follower.Current(cancellation)).Succeeded(out var history, out var error)
            || (!(await snapshots.Newest(cancellation)).Succeeded(out var newest, out error) && error.Code != ErrorCode.NotFound))
        {
            return new ErrorResult(error, ErrorShape.Problem);
        }

        return new TaggedResult(new DcatCatalogue(history, newest, settings.License, call.Links).Write(), DcatCatalogue.MediaType);
    }

    private static Result<Choice> IsLinked(HttpRequest request) => request.Query["format"].ToString().ToLowerInvariant() switch
    {
        "json" => new Choice(false),
        "jsonld" => new Choice(true),
        "" => new Choice(AcceptedTypes.Prefers(request, DcatCatalogue.MediaType, "application/json")),
        _ => new ApiError(ErrorCode.BadRequest, "format must be json or jsonld.") { Target = "format" },
    };

    private sealed record Choice(bool Value);
}
