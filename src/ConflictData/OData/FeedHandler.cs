using System.Globalization;
using System.Text;
using ConflictData.Api;
using ConflictData.Query;
using ConflictData.Telemetry;
using Microsoft.AspNetCore.Http;

namespace ConflictData.OData;

/// <summary>Answers requests for rows: the stages in their order.</summary>
internal sealed class FeedHandler : IDisposable
{
    private readonly FeedReader reader;
    private readonly ApplyReader groups;
    private readonly DeltaHandler deltas;
    private readonly KeptFeed kept;
    private readonly PathWalker walker;
    private readonly FeedLinks links;
    private readonly PageTokens tokens;
    private readonly Settings settings;

    public FeedHandler(Engine engine, PageTokens tokens, Settings settings)
    {
        (this.tokens, this.settings) = (tokens, settings);
        (links, reader, groups) = (new(tokens), new(engine), new(engine, settings));
        (deltas, kept, walker) = (new(engine, links, tokens), new(reader, settings), new(reader));
    }

    /// <summary>Binds and plans: pure, and all that a malformed request can fail on.</summary>
    public Result<PreparedRead> Prepare(ODataRequest request)
    {
        if (CheckOptions(request) is { } misplaced)
        {
            return misplaced;
        }
        ApplyPlan? apply = null;
        if (request.Options["apply"] is not null && !ApplyPlanner.Plan(request, settings).Succeeded(out apply, out var refused))
        {
            return refused;
        }
        // What is applied after $apply is bound against its rows, not against the set.
        var options = apply is null ? request.Options : request.Options.Only("top", "skip", "count");
        if (!new QueryBinder(settings).Bind(request.Target.Dataset!, options).Succeeded(out var bound, out var error) || !Planner.Plan(bound, settings).Succeeded(out var plan, out error))
        {
            return error;
        }
        if (RowShape.WhyNotExpanded(request, plan) is { } form)
        {
            return form;
        }
        plan = plan.In(RowShape.Nested(request, settings));
        if (request.Target.Column is { } column)
        {
            plan = plan with { Columns = [column], Expanded = [] };
        }
        if (request.Target.IsReference)
        {
            plan = plan.OfReferences();
        }
        else if (apply is null && request.Target.Column is null && RowShape.Identifies(request.Representation))
        {
            plan = plan.Identified();
        }
        plan = plan with { Reads = [.. plan.Reads.Union(request.Target.Via?.Reads ?? []).Union(apply?.Reads ?? [])] };
        PagePosition? from = null;
        if (request.Options["skiptoken"] is { } token && !tokens.Read(token, request.QueryHash).Succeeded(out from, out error))
        {
            return error;
        }
        var size = Math.Min(plan.Expanded.Count > 0 ? ExpandSql.PageSize : settings.PageSize, request.Representation.Preferences.MaxPageSize?.Rows ?? int.MaxValue);
        var read = new PreparedRead(request, plan, size, from) { Apply = apply };
        var longest = request.Call.Pinned is null ? FeedLinks.MaxLength : settings.MaxAddress;
        return read.MayPage && links.LongestNext(read).Length > longest
            ? new ApiError(ErrorCode.BadQuery, $"The query is too long to be read in pages: with a skip token its address is over {longest} characters. Shorten it, ask for at most {size} rows with $top, or for CSV or NDJSON, which come whole.")
            : deltas.Prepare(read);
    }

    public void Dispose() => groups.Dispose();

    /// <summary>A page that may end in a next link is tied to its reader and the hour, as the link is.</summary>
    public string TagOf(PreparedRead read, ReadPoint at)
    {
        var request = read.Request;
        return EntityTag.Of(
            at.Effective(read.Plan.Reads), ModelDocuments.SchemaVersion, request.Call.Root, Convert.ToHexString(request.QueryHash),
            request.Representation.ContentType, request.Representation.Version, request.Representation.OmitsNulls, read.PageSize, read.From?.At, read.From?.Remaining, read.Tracks,
            read.MayPage ? tokens.Hour : null, read.MayPage ? request.Call.KeyId : null);
    }

    public async Task<Result<Answer>> Read(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        var target = read.Request.Target;
        if (await reader.Prepare(read.Plan, at.Point, cancellation) is { } unprepared)
        {
            return unprepared;
        }
        if (target.Via is not { } via)
        {
            return await ReadTarget(read, at, cancellation);
        }
        if (!(await walker.Walk(via, at.Point, cancellation)).Succeeded(out var end, out var error))
        {
            return error;
        }
        if (end.IsNothing)
        {
            return target.Kind == TargetKind.Entity
                ? Answer.Empty(StatusCodes.Status204NoContent)
                : new ApiError(ErrorCode.NotFound, $"The path leads to no record in release {at.Release}.") { Target = "path" };
        }
        return await ReadTarget(read.At(end), at, cancellation);
    }

    private Task<Result<Answer>> ReadTarget(PreparedRead read, ReadPoint at, CancellationToken cancellation) => read.Request.Target.Kind switch
    {
        TargetKind.Set when read.Apply is not null => ReadGroups(read, read.Apply, at, cancellation),
        TargetKind.Set when KeptFeed.Answers(read) => ReadKept(read, at, cancellation),
        TargetKind.Set => ReadSet(read, at, cancellation),
        TargetKind.Delta => deltas.Read(read, at, cancellation),
        TargetKind.Count when read.Since is not null => deltas.Count(read, at, cancellation),
        TargetKind.Count => ReadCount(read, at, cancellation),
        _ => ReadRecord(read, at, cancellation),
    };

    private static ApiError? CheckOptions(ODataRequest request) => request.Target.Kind switch
    {
        TargetKind.Set when request.Target.IsReference => request.Options.AllowOnly("filter", "search", "compute", "orderby", "top", "skip", "count", "format", "skiptoken"),
        TargetKind.Entity when request.Target.IsReference => request.Options.AllowOnly("format"),
        TargetKind.Set => null,
        TargetKind.Delta => request.Options.AllowOnly("filter", "search", "compute", "select", "count", "format", "skiptoken", "deltatoken"),
        TargetKind.Count when request.Options["deltatoken"] is not null => request.Options.AllowOnly("filter", "search", "compute", "select", "format", "deltatoken"),
        // What else is given there does not change the number (part 1, 11.2.10), but it must be sound.
        TargetKind.Count => request.Options.AllowOnly("apply", "filter", "search", "compute", "expand", "orderby", "top", "skip", "format"),
        TargetKind.Entity => request.Options.AllowOnly("select", "expand", "compute", "format"),
        _ => request.Options.AllowOnly("format"),
    };

    private async Task<Result<Answer>> ReadSet(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        var (request, plan) = (read.Request, read.Plan);
        var key = new OrderKey(at.Effective(plan.Reads), Convert.ToHexString(request.QueryHash));
        var first = new PageRequest(at.Point, key, read.From, read.PageSize);
        var wider = plan with { Columns = RowShape.ToRead(request, plan.Columns) };
        if (!Told(read, await reader.Page(wider, first, cancellation)).Succeeded(out var page, out var error))
        {
            return error;
        }
        return SetAnswers.OfSet(read, RowShape.Of(request, plan), page, FrameOf(read, at, page.Next), async (from, stop) => Told(read, await reader.Page(wider, first with { From = from }, stop)));
    }

    private async Task<Result<Answer>> ReadKept(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        if (!(await kept.Page(read, at, cancellation)).Succeeded(out var page, out var error))
        {
            return error;
        }
        Tell(read, page.RowCount);
        return page.Answer(read.Request.Representation.ContentType, FrameOf(read, at, page.Next));
    }

    private static Result<FeedPage> Told(PreparedRead read, Result<FeedPage> page)
    {
        if (page.Succeeded(out var rows, out _))
        {
            Tell(read, rows.RowCount);
        }
        return page;
    }

    private static void Tell(PreparedRead read, int rows) => Instruments.RowsOut.Add(rows, new KeyValuePair<string, object?>("set", read.Plan.Dataset.Name));

    private async Task<Result<Answer>> ReadGroups(PreparedRead read, ApplyPlan plan, ReadPoint at, CancellationToken cancellation)
    {
        var key = new OrderKey(at.Effective(read.Plan.Reads), Convert.ToHexString(read.Request.QueryHash));
        var first = new PageRequest(at.Point, key, read.From, read.PageSize);
        return Told(read, await groups.Page(plan, first, cancellation)).Succeeded(out var page, out var error)
            ? SetAnswers.OfSet(read, ApplyRows.Of(read.Request, plan), page, FrameOf(read, at, page.Next), async (from, stop) => Told(read, await groups.Page(plan, first with { From = from }, stop)))
            : error;
    }

    private FeedFrame FrameOf(PreparedRead read, ReadPoint at, PagePosition? next)
    {
        var request = read.Request;
        var list = request.Target.IsReference ? "Collection($ref)" : read.Plan.Dataset.Name + (read.Apply?.Context ?? read.Plan.SelectList.In(request.Representation.Version));
        return new FeedFrame(FeedLinks.Context(request, list), next is null || !read.MayPage ? null : links.Next(read, next), request.Representation.Form.LongsAsText)
        {
            DeltaLink = next is null && read.Tracks ? deltas.LinkFrom(at, request) : null,
        };
    }

    private async Task<Result<Answer>> ReadCount(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        var counted = read.Apply is null ? await reader.Count(read.Plan, at.Point, cancellation) : await groups.Count(read.Apply, at.Point, cancellation);
        return counted.Succeeded(out var count, out var error)
            ? Answer.Bytes(read.Request.Representation.ContentType, Encoding.UTF8.GetBytes(count.ToString(CultureInfo.InvariantCulture)))
            : error;
    }

    private async Task<Result<Answer>> ReadRecord(PreparedRead read, ReadPoint at, CancellationToken cancellation)
    {
        var (request, plan, target) = (read.Request, read.Plan, read.Request.Target);
        var found = await reader.Record(plan with { Columns = RowShape.ToRead(request, plan.Columns) }, at.Point, target.Key!, cancellation);
        if (!found.Succeeded(out var rows, out var error) || !ExpandLimit.Check(plan, rows).Succeeded(out rows, out error))
        {
            return error;
        }
        if (request.Representation.Format is AnswerFormat.Csv or AnswerFormat.NdJson)
        {
            return SetAnswers.OfRecord(read, RowShape.Of(request, plan), new FeedPage(rows, rows.RowCount, null, null));
        }
        using (rows)
        {
            return target.Kind == TargetKind.Entity
                ? Answer.Bytes(request.Representation.ContentType, FeedWriter.Record(
                    FeedLinks.Context(request, target.IsReference ? "$ref" : $"{plan.Dataset.Name}{plan.SelectList.In(request.Representation.Version)}/$entity"), rows, RowShape.Of(request, plan).Objects))
                : ReadProperty(request, rows);
        }
    }

    private static Answer ReadProperty(ODataRequest request, QueryRows rows)
    {
        var (target, type) = (request.Target, request.Representation.ContentType);
        if (rows.Value(0, 1) is not { } value)
        {
            return Answer.Empty(StatusCodes.Status204NoContent);
        }
        return target.Kind == TargetKind.Value
            ? Answer.Bytes(type, Encoding.UTF8.GetBytes(ValueText.Of(value)))
            : Answer.Bytes(type, FeedWriter.Record(
                FeedLinks.Context(request, $"{target.Dataset!.Name}('{target.Key}')/{target.Column!.Name}"), rows, RowShape.OfValue(request, target.Column)));
    }
}
