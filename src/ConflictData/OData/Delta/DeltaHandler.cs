using System.Globalization;
using System.Text;
using ConflictData.Api;
using ConflictData.Query;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Change tracking: says which reads end in a delta link, and answers those who follow one.</summary>
internal sealed class DeltaHandler(Engine engine, FeedLinks links, PageTokens tokens)
{
    private readonly DeltaReader reader = new(engine);

    /// <summary>The read with what it has to do with change tracking.</summary>
    /// <returns>The read; <see cref="ErrorCode.BadToken"/> or <see cref="ErrorCode.DeltaGone"/> for a delta token that leads nowhere.</returns>
    public Result<PreparedRead> Prepare(PreparedRead read)
    {
        var request = read.Request;
        if (request.Options["deltatoken"] is not { } text)
        {
            var asked = read.From is { } from ? from.Tracked : request.Representation.Preferences.TrackChanges is not null;
            return read with { Tracks = asked && CanTrack(read) };
        }
        if (request.Target.Kind == TargetKind.Delta && !request.Representation.ControlInformation)
        {
            return new ApiError(ErrorCode.NotAcceptable, "Changes cannot be told with odata.metadata=none: what was removed is control information. Ask for minimal.") { Target = "$deltatoken" };
        }
        var query = TrackedQuery.Of(request);
        return tokens.ReadDelta(text, query.Hash).Succeeded(out var since, out var error)
            ? read with { Since = since }
            : error.Code == ErrorCode.DeltaGone ? error with { Location = FeedLinks.Anew(request, query) } : error;
    }

    /// <summary>The link that ends the last page of a read whose changes are tracked.</summary>
    public string LinkFrom(ReadPoint at, ODataRequest request)
    {
        var query = TrackedQuery.Of(request);
        return links.Delta(request, query, new DeltaToken(at.Release, DeltaToken.MarkOf(at.History.Find(at.Release)), query.Hash));
    }

    public async Task<Result<Answer>> Read(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        var (request, plan) = (read.Request, read.Plan);
        if (!(await Changes(read, at, cancellation)).Succeeded(out var changes, out var error))
        {
            return error;
        }
        var start = (int)Math.Min(read.From?.At ?? 0, changes.Length);
        var end = start + Math.Min(read.PageSize, changes.Length - start);
        var wider = plan with { Columns = RowShape.ToRead(request, plan.Columns) };
        if (!(await reader.Rows(wider, at.Point, changes[start..end], cancellation)).Succeeded(out var rows, out error))
        {
            return error;
        }
        var frame = new FeedFrame(
            FeedLinks.Context(request, $"{plan.Dataset.Name}{plan.SelectList.In(request.Representation.Version)}/$delta"),
            end < changes.Length ? links.Next(read, new PagePosition(at.Point, end, null, null)) : null,
            request.Representation.Form.LongsAsText)
        { DeltaLink = end < changes.Length ? null : LinkFrom(at, request) };
        var (changed, removed) = (RowShape.Of(request, plan).Objects, DeltaWriter.Removed(request));
        long? total = plan.Count ? changes.Length : null;
        return new Answer(StatusCodes.Status200OK, request.Representation.ContentType, (output, stop) => DeltaWriter.Write(output, frame, total, rows, changed, removed, stop))
        {
            Holds = rows,
        };
    }

    public async Task<Result<Answer>> Count(PreparedRead read, ReadPoint at, CancellationToken cancellation) =>
        (await Changes(read, at, cancellation)).Succeeded(out var changes, out var error)
            ? Answer.Bytes(read.Request.Representation.ContentType, Encoding.UTF8.GetBytes(changes.Length.ToString(CultureInfo.InvariantCulture)))
            : error;

    private Task<Result<long[]>> Changes(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        var key = new OrderKey(at.Effective(read.Plan.Reads), Convert.ToHexString(read.Request.QueryHash));
        return reader.Changes(read.Plan, ReleaseSpan.Of(read.Plan, read.Since!.Release, at), key, cancellation);
    }

    /// <summary>
    /// Whole sets of records in JSON, however filtered, in which each is named. A row of a view, an expanded record and a value
    /// computed from another record change without a revision of the record, and the first n rows have no changes of their own.
    /// </summary>
    private bool CanTrack(PreparedRead read)
    {
        var (request, plan) = (read.Request, read.Plan);
        return request.Target is { Kind: TargetKind.Set, IsReference: false, Via: null, Dataset.IsView: false }
            && request.Representation is { Format: AnswerFormat.Json, ControlInformation: true }
            && read.Apply is null && plan.Expanded.Count == 0 && request.Options["top"] is null && request.Options["skip"] is null
            && plan.Columns.Contains(plan.Dataset.Columns[0])
            && (plan.Computed.Count == 0 || plan.Related.Count == 0)
            && LongestLink(read) <= FeedLinks.MaxLength;
    }

    /// <summary>A delta comes in pages too, so its next link must not be too long either.</summary>
    private int LongestLink(PreparedRead read) =>
        links.Delta(read.Request, TrackedQuery.Of(read.Request), DeltaToken.Longest).Length + links.LongestToken(read);
}
