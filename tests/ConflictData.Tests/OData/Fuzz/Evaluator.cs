namespace ConflictData.Tests.OData.Fuzz;

/// <summary>A record as it must be written: its members in their order.</summary>
internal sealed record Row(IReadOnlyList<(string Name, object? Value)> Members);

/// <summary>Answers questions from a snapshot, record by record.</summary>
internal static class Evaluator
{
    /// <summary>The rows that are wanted, and how many there would be without $top and $skip.</summary>
    public static (IReadOnlyList<object?> Rows, int Total) Rows(Question question, Snapshot at, IEnumerable<Entry> records)
    {
        var kept = records.Where(record => Keeps(question, at, record)).ToList();
        var sorted = question.Order.Aggregate(kept.OrderBy(_ => 0), (rows, key) => key.Descending
            ? rows.ThenByDescending(record => key.Of(new(at, record)), Values.Instance)
            : rows.ThenBy(record => key.Of(new(at, record)), Values.Instance));
        return ([.. sorted.Skip(question.Skip).Take(question.Top ?? int.MaxValue).Select(record => Write(question, at, record))], kept.Count);
    }

    public static Row Write(Question question, Snapshot at, Entry record)
    {
        var computed = question.Computed.ToDictionary(item => item.Name);
        var names = question.Select ?? [.. record.Columns, .. computed.Keys];
        var own = names.Select(name => (name, computed.TryGetValue(name, out var item) ? item.Of(new(at, record)) : record[name]));
        // A record whose key is not selected is given with its address.
        var address = names.Contains("Id") ? [] : Reference(record.Set, record.Id).Members;
        return new([.. address, .. own, .. question.Expanded.SelectMany(item => Expand(item, at, record))]);
    }

    private static bool Keeps(Question question, Snapshot at, Entry record) =>
        (question.Filter is null || question.Filter.Of(new(at, record)) == true) && (question.Search is null || question.Search.Finds(record));

    private static IEnumerable<(string, object?)> Expand(Expansion item, Snapshot at, Entry record)
    {
        if (!item.ToMany)
        {
            return [(item.Way.Name, at.One(record, item.Way) is { } other ? Give(item, at, other) : null)];
        }
        var (rows, total) = Rows(item.Inner, at, at.Many(record, item.Way));
        var references = item.Form == Form.References ? Rows(item.Inner with { Select = ["Id"], Expanded = [] }, at, at.Many(record, item.Way)).Rows.Cast<Row>() : [];
        (string, object?) count = ($"{item.Way.Name}@odata.count", (long)total);
        (string, object?) list = (item.Way.Name, item.Form == Form.References ? references.Select(row => (object?)Reference(item.Way.To, (string)row.Members[0].Value!)).ToList() : rows);
        return item.Form == Form.Count ? [count] : item.Inner.Count ? [count, list] : [list];
    }

    private static Row Give(Expansion item, Snapshot at, Entry record) => item.Form == Form.References ? Reference(record.Set, record.Id) : Write(item.Inner, at, record);

    private static Row Reference(string set, string id) => new([("@odata.id", $"{set}('{id}')")]);

    /// <summary>Null sorts below everything, text by its code units.</summary>
    private sealed class Values : IComparer<object?>
    {
        public static Values Instance { get; } = new();

        public int Compare(object? x, object? y) => x is string a && y is string b ? string.CompareOrdinal(a, b) : Comparer<object>.Default.Compare(x, y);
    }
}
