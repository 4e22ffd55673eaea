using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConflictData.Datasets;

namespace ConflictData.Snapshots;

/// <summary>What a Delta table holds at one of its versions: one file, with all rows of a set at a release.</summary>
/// <param name="Release">The release.</param>
/// <param name="File">The file's name in the table's folder.</param>
/// <param name="Schema">The columns, as <see cref="DeltaSchema"/> writes them.</param>
internal sealed record DeltaState(int Release, string File, string Schema)
{
    /// <summary>Under which name the log of a table knows who writes it.</summary>
    private const string Writer = "conflictfunctions";

    /// <summary>The lines of the commit that brings a table from a state to this one: what is new of protocol, columns and file, and in any case the release.</summary>
    /// <param name="set">The set.</param>
    /// <param name="at">When the release was committed: the same lines, whoever writes them.</param>
    /// <param name="file">The file.</param>
    /// <param name="before">The state before; null for a table that is not there yet.</param>
    public byte[] Commit(Dataset set, DateTimeOffset at, SnapshotFile file, DeltaState? before)
    {
        var time = at.ToUnixTimeMilliseconds();
        return Lines(
            Information(time),
            before is null ? Protocol : null,
            before?.Schema == Schema ? null : MetaData(set),
            before is null || before.File == File ? null : Remove(before.File, time),
            before?.File == File ? null : Add(file, time),
            Transaction(time));
    }

    /// <summary>The lines of a checkpoint: all that a reader must know at this state.</summary>
    public byte[] Checkpoint(Dataset set, DateTimeOffset at, SnapshotFile file) =>
        Lines(Protocol, MetaData(set), Add(file, at.ToUnixTimeMilliseconds()), Transaction(at.ToUnixTimeMilliseconds()));

    /// <summary>The state that a commit left behind.</summary>
    public static DeltaState Read(BinaryData commit)
    {
        using var information = JsonDocument.Parse(commit.ToString().Split('\n')[0]);
        var own = information.RootElement.GetProperty("commitInfo").GetProperty(Writer);
        return new(own.GetProperty("release").GetInt32(), own.GetProperty("file").GetString()!, own.GetProperty("schema").GetString()!);
    }

    /// <summary>No reader needs to know more than the first versions of the protocol did.</summary>
    private static object Protocol { get; } = new { protocol = new { minReaderVersion = 1, minWriterVersion = 2 } };

    private object Information(long time) => new
    {
        commitInfo = new Dictionary<string, object>
        {
            ["timestamp"] = time,
            ["operation"] = "WRITE",
            ["operationParameters"] = new { mode = "Overwrite" },
            ["isBlindAppend"] = false,
            ["engineInfo"] = Writer,
            [Writer] = new { release = Release, file = File, schema = Schema },
        },
    };

    private object MetaData(Dataset set) => new
    {
        metaData = new
        {
            // The same for every writer, and for the table's whole life.
            id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Writer}/{set.Name}")).AsSpan(0, 16)),
            name = set.FileName,
            description = set.Title,
            format = new { provider = "parquet", options = new { } },
            schemaString = Schema,
            partitionColumns = Array.Empty<string>(),
            configuration = new { },
        },
    };

    private static object Remove(string file, long time) => new { remove = new { path = file, deletionTimestamp = time, dataChange = true } };

    private object Add(SnapshotFile file, long time) => new
    {
        add = new
        {
            path = File,
            partitionValues = new { },
            size = file.Bytes,
            modificationTime = time,
            dataChange = true,
            stats = JsonSerializer.Serialize(new { numRecords = file.Rows }),
        },
    };

    private object Transaction(long time) => new { txn = new { appId = Writer, version = Release, lastUpdated = time } };

    private static byte[] Lines(params object?[] actions) =>
        Encoding.UTF8.GetBytes(string.Concat(actions.Where(action => action is not null).Select(action => JsonSerializer.Serialize(action) + "\n")));
}
