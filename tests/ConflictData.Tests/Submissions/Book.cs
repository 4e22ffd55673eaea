using System.Text;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Releases;
using ConflictData.Submissions;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.Submissions;

/// <summary>Releases in an engine alone, without storage: what checks are tried against.</summary>
/// <param name="threads">Those of the engine; 0 = as many as in an app.</param>
internal sealed class Book(int threads = 1) : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, 125, TimeSpan.Zero);

    private readonly Engine engine = new(new Settings { EngineThreads = threads }, TimeProvider.System);

    public int Release => engine.History.Commits.Count;

    /// <summary>A place, an actor, a source and a zone that rows can refer to.</summary>
    public static async Task<Book> WithReferences(int threads = 1)
    {
        var book = new Book(threads);
        await book.Commit(
            ("Places", "Id,Name,Kind,ParentId,CountryCode,PlacePrecision\nsy,Syria,country,,SY,6\nhasaka,al-Hasaka,city,sy,SY,1\n"),
            ("Actors", "Id,Name,Kind\nsdf,SDF,armedGroup\nis,IS,armedGroup\n"),
            ("Sources", "Id,Title,Kind\nbrief,A brief,report\n"),
            ("Zones", "Id,Name,Kind,SourceId\nbadia,Badia,hot,brief\n"));
        return book;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>What a request of nobody in particular is, unless a test says otherwise.</summary>
    public static SubmissionRequest Request { get; } = new() { Owner = "o", ContentType = "", Body = Stream.Null };

    /// <summary>A payload that is the whole of its datasets at the newest release.</summary>
    public SubmissionRequest Replace => Request with { Mode = "replace", Base = Release };

    public Task<ChangeSet> Check(string dataset, string csv, string? reason = null, int? @base = null) =>
        Check([(dataset, csv)], reason, @base);

    public Task<ChangeSet> Check((string Dataset, string Text)[] files, string? reason = null, int? @base = null) =>
        Check(Request with { Reason = reason, Base = @base }, files);

    /// <summary>What the files come to at the newest release.</summary>
    public Task<ChangeSet> Check(SubmissionRequest request, params (string Dataset, string Text)[] files) => Check(request, [.. files
        .Select(file => new PayloadFile(Catalog.Get(file.Dataset), file.Text.StartsWith('[') ? RowFormat.Json : RowFormat.Csv, Encoding.UTF8.GetBytes(file.Text)))
        .OrderBy(file => Catalog.All.ToList().IndexOf(file.Dataset))]);

    private async Task<ChangeSet> Check(SubmissionRequest request, PayloadFile[] files)
    {
        using var staging = SubmissionStaging.Of(files, request.Limits, new RowProgress());
        Assert.True(staging.Readable, string.Join("\n", staging.Errors.Kept));
        var built = await engine.Session(
            connection => new ChangeBuilder(new HeadReader(connection, Release), staging.Submission(request), new(engine.History, Release, request)).Build(),
            TestContext.Current.CancellationToken);
        var errors = new ProblemList();
        errors.Add(staging.Errors);
        errors.Add(built.Value!.Errors);
        return built.Value with { Errors = errors };
    }

    public Task<ChangeSet> Commit(string dataset, string csv, string? reason = null) => Commit(reason, (dataset, csv));

    public Task<ChangeSet> Commit(params (string Dataset, string Text)[] files) => Commit(Request, files);

    public Task<ChangeSet> Commit(string? reason, params (string Dataset, string Text)[] files) => Commit(Request with { Reason = reason }, files);

    /// <summary>The submission as the next release; it must have no errors.</summary>
    public async Task<ChangeSet> Commit(SubmissionRequest request, params (string Dataset, string Text)[] files) => Commit(request, await Check(request, files));

    /// <summary>The same of one file that may be large.</summary>
    public async Task Commit(SubmissionRequest request, PayloadFile file)
    {
        using var changes = await Check(request, [file]);
        Commit(request, changes);
    }

    private ChangeSet Commit(SubmissionRequest request, ChangeSet changes)
    {
        Assert.Empty(changes.Errors.Kept);
        var commit = new Commit
        {
            Release = Release + 1,
            SubmissionId = $"s{Release + 1}",
            Attempt = 1,
            CommittedAt = Start.AddMinutes(Release),
            Owner = request.Owner,
            Mode = request.Mode ?? "upsert",
            PayloadHash = "",
            Datasets = Extents.Of(changes.Revisions, dataset => engine.History.LastSequence(dataset)),
        };
        engine.Apply([new CommittedRevisions(commit, changes.Revisions)], TestContext.Current.CancellationToken);
        return changes;
    }

    /// <summary>Live records of a dataset.</summary>
    public async Task<long> Count(string dataset)
    {
        using var rows = (await engine.Execute(new($"SELECT count(*) FROM {EngineSchema.Quote(dataset)} WHERE {EngineSchema.LiveAt("$1")}", [Release], QueryClass.Page), TestContext.Current.CancellationToken)).Value!;
        return (long)rows.Value(0, 0)!;
    }

    /// <summary>A dataset at the newest release as its snapshot has it.</summary>
    public Task<string> Snapshot(string dataset) => engine.Csv(dataset, Release);
}
