using System.Collections.Frozen;
using System.Collections.ObjectModel;
using ConflictData.Datasets;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>A query, ready to run at any release.</summary>
internal sealed record ReadPlan
{
    public required Dataset Dataset { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>What columns that the dataset does not have are made of.</summary>
    public IReadOnlyDictionary<string, SqlFragment> Computed { get; init; } = ReadOnlyDictionary<string, SqlFragment>.Empty;

    /// <summary>The records that are given with each; their columns are among <see cref="Columns"/>.</summary>
    public IReadOnlyList<ExpandPlan> Expanded { get; init; } = [];

    /// <summary>What the context address says of the columns.</summary>
    public SelectList SelectList { get; init; } = SelectList.All;

    /// <summary>The dataset as a table, with what the conditions and sort keys join to it. A view has but the columns that they use.</summary>
    public required string From { get; init; }

    /// <summary>The columns that conditions, sort keys and computed values use.</summary>
    public IReadOnlySet<string> Uses { get; init; } = FrozenSet<string>.Empty;

    /// <summary>True where reading a page is more than a scan of the dataset's own rows.</summary>
    public bool Joins { get; init; }

    /// <summary>Every dataset that the answer depends on.</summary>
    public required IReadOnlyCollection<Dataset> Reads { get; init; }

    /// <summary>The datasets of which conditions, sort keys and computed values read other records than the row's own.</summary>
    public IReadOnlyCollection<Dataset> Related { get; init; } = [];

    /// <summary>The condition of the filter; null = every row.</summary>
    public SqlFragment? Where { get; init; }

    /// <summary>The same condition, where rows can be counted by it without a query; null where they cannot.</summary>
    public TallyCondition? Tally { get; init; }

    /// <summary>The sort keys; null = stored order.</summary>
    public SqlFragment? Order { get; init; }

    /// <summary>The same, where they are nothing but columns of the dataset; else none.</summary>
    public IReadOnlyList<SortKey> Keys { get; init; } = [];

    public long? Top { get; init; }

    public long Skip { get; init; }

    public bool Count { get; init; }

    /// <summary>How the records within each are written.</summary>
    public NestedForm Nested { get; init; } = NestedForm.Usual;

    /// <summary>True where the key is read too, whether or not it is among the columns.</summary>
    public bool ReadsKey { get; init; }

    /// <summary>True where the answer has nothing but columns of the dataset's own rows.</summary>
    public bool IsOfOwnColumns => !Dataset.IsView && Computed.Count == 0 && Expanded.Count == 0;

    /// <summary>The columns that are not the records within.</summary>
    public IEnumerable<Column> OwnColumns => Columns.Except(Expanded.SelectMany(item => item.Columns));

    /// <summary>The ways that full metadata gives links of: all, or those that $select and $expand name.</summary>
    public IEnumerable<Navigation> LinkedWays => Navigations.Of(Dataset).Where(way =>
        SelectList.Names.Count == 0 || SelectList.Names.Any(name => name == "*" || name == way.Name) || Expanded.Any(item => item.Way == way));

    /// <summary>Those of them that are not expanded, which have no other member.</summary>
    public IEnumerable<Navigation> BareWays => LinkedWays.Where(way => Expanded.All(item => item.Way != way));

    /// <summary>True where a record is given by its address alone.</summary>
    public bool IsOfReferences => Columns is [{ Name: ReferenceColumn.Name }];

    /// <summary>True where it costs much to tell which rows there are: they are found once for all pages and for the count.</summary>
    public bool IsListed => Order is not null || (Where is not null && (Joins || !EngineSchema.IsStored(Dataset)));

    /// <summary>A plan that reads columns of a dataset, and nothing more.</summary>
    public static ReadPlan Of(Dataset dataset, IReadOnlyList<Column> columns) => new()
    {
        Dataset = dataset,
        Columns = columns,
        Tally = dataset.IsView ? null : new TallyAll(),
        From = TableScope.Of(dataset).From(),
        Reads = [dataset],
    };

    /// <summary>The same with the address of each record in place of its properties.</summary>
    public ReadPlan OfReferences() => this with
    {
        Columns = [ReferenceColumn.Of(Dataset)],
        Computed = new Dictionary<string, SqlFragment> { [ReferenceColumn.Name] = ReferenceColumn.Sql(Dataset) },
        Expanded = [],
    };

    /// <summary>The same with the address of each record before its properties, where the key that would give it is not among them.</summary>
    public ReadPlan Identified()
    {
        var key = Dataset.Columns[0];
        return IsOfReferences || Columns.Contains(key) ? this : this with
        {
            Columns = [ReferenceColumn.Of(Dataset), .. Columns],
            Computed = new Dictionary<string, SqlFragment>(Computed) { [ReferenceColumn.Name] = ReferenceColumn.Sql(Dataset) },
            Uses = Uses.Append(key.Name).ToFrozenSet(),
        };
    }

    /// <summary>The same, of those rows only that have a value in a column.</summary>
    public ReadPlan Within(Column column, string value)
    {
        var condition = new SqlFragment($"r.{EngineSchema.Quote(column.Name)} = $1", [value]);
        return this with { Tally = null, Where = Where is null ? condition : SqlFragment.Of($"{condition} AND ({Where})") };
    }

    /// <summary>The same with the records within each in that form.</summary>
    public ReadPlan In(NestedForm form)
    {
        ExpandPlan[] expanded =
        [
            .. Expanded.Select(item => item with { Plan = item.Plan.Within(form), IsFlat = form.IsFlat }),
        ];
        return this with { Nested = form, Columns = [.. OwnColumns, .. expanded.SelectMany(item => item.Columns)], Expanded = expanded };
    }

    /// <summary>The plan of records within others, in that form.</summary>
    private ReadPlan Within(NestedForm form)
    {
        var plan = In(form) with { ReadsKey = form.Full is not null && !IsOfReferences };
        return form.Identifies ? plan.Identified() : plan;
    }
}

/// <summary>Records that are given with each record of a plan.</summary>
/// <param name="Way">From the record to them.</param>
/// <param name="Plan">What is given of them.</param>
/// <param name="CountOnly">True where only their number is.</param>
/// <param name="IsFlat">True where their columns are columns of the record.</param>
internal sealed record ExpandPlan(Navigation Way, ReadPlan Plan, bool CountOnly, bool IsFlat = false)
{
    /// <summary>Name of the column that holds their number.</summary>
    public string CountName => Way.Name + "@odata.count";

    /// <summary>The columns that hold them: their number where it is wanted, then they as JSON, or each of their own.</summary>
    public IEnumerable<Column> Columns =>
    [
        .. Plan.Count ? [Holder(CountName, ColumnType.Integer)] : Array.Empty<Column>(),
        .. CountOnly ? [] : IsFlat ? Plan.Columns.Select(column => Holder(FlatName(column), column.Type)) : [Holder(Way.Name, ColumnType.String)],
    ];

    public string FlatName(Column column) => $"{Way.Name}/{column.Name}";

    private static Column Holder(string name, ColumnType type) => new() { Name = name, Ordinal = int.MaxValue, Type = type, Title = name, Description = name };
}
