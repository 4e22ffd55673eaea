using ConflictData.Datasets;
using ConflictData.Releases;

namespace ConflictData.Tests.Releases;

/// <summary>Revisions and commits for storage tests.</summary>
internal static class StoreData
{
    public static Revision Row(Dataset dataset, string id, Func<Column, object?>? value = null) => new(
        dataset, id, RevisionAction.Upsert, "new",
        [id, .. dataset.Columns.Skip(1).Select(column => column.Role == ColumnRole.System ? null : (value ?? Typical)(column))]);

    public static Revision[] Rows(string dataset, int count) =>
        [.. Enumerable.Range(1, count).Select(number => Row(Catalog.Get(dataset), $"R-{number}"))];

    public static Commit Commit(int release, string submissionId, IReadOnlyList<Revision> revisions, int attempt = 1) => new()
    {
        Release = release,
        SubmissionId = submissionId,
        Attempt = attempt,
        CommittedAt = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero).AddSeconds(release),
        Owner = "partner",
        Mode = "upsert",
        Message = "Winter 2022",
        PayloadHash = "00",
        Datasets = Extents.Of(revisions, _ => 0),
    };

    public static object? Typical(Column column) => column.Type switch
    {
        ColumnType.String => column.Allowed.Count > 0 ? column.Allowed[0] : "al-Hasaka \"الحسكة\"",
        ColumnType.Integer => long.MaxValue - column.Ordinal,
        ColumnType.Number => 36.502 + column.Ordinal,
        ColumnType.Boolean => column.Ordinal % 2 == 0,
        ColumnType.Date => new DateOnly(1022, 1, 20),
        _ => new DateTimeOffset(2022, 1, 20, 1, 2, 3, 456, TimeSpan.Zero),
    };
}
