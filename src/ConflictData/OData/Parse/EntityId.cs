using ConflictData.Api;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>The address <c>$entity?$id=Places('raqqa')</c> is that of the record that the id names.</summary>
internal static class EntityId
{
    private const string Entity = "$entity";

    /// <summary>Where a path leads, if to anything but a record, it was no id of one.</summary>
    public static ApiError? Problem(RequestOptions given, ODataTarget target) => given["id"] is { } id && target is not { Kind: TargetKind.Entity, IsReference: false }
        ? new ApiError(ErrorCode.NotFound, $"{id} names no record.") { Target = "$id" }
        : null;

    public static Result<(string Path, RequestOptions Options)> Resolve(string path, RequestOptions options, ODataCall call, HostString host)
    {
        var (isEntity, id) = (path.Trim('/').Equals(Entity, StringComparison.OrdinalIgnoreCase), options["id"]);
        if (isEntity != id is not null)
        {
            return new ApiError(ErrorCode.BadQuery, $"{Entity} and the option $id go together: {Entity}?$id=Places('raqqa').") { Target = "$id" };
        }
        if (id is null)
        {
            return (path, options);
        }
        return ServiceUrl.Read(id, call, host).Succeeded(out var address, out var error) && address.Query.Length == 0
            ? (address.Path, options.Without("id"))
            : new ApiError(ErrorCode.BadQuery, error?.Detail ?? $"The id {id} names a record and has no options.") { Target = "$id" };
    }
}
