using PowerBI.Tests.Model.Dax;
using PowerBI.Tests.Model.Tmdl;

namespace PowerBI.Tests.Model;

/// <summary>The semantic model as its files say.</summary>
/// <param name="files">Text of each TMDL file by its name, such as tables/Date.tmdl.</param>
internal sealed class SemanticModel(IReadOnlyDictionary<string, string> files)
{
    /// <summary>Text of each TMDL file by its name.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    /// <summary>Every object that no other holds, with its file.</summary>
    public IReadOnlyList<(string File, TmdlObject Object)> Objects { get; } =
        [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => TmdlReader.Read(file.Key, file.Value).Select(item => (file.Key, item)))];

    public IReadOnlyList<ModelTable> Tables => field ??= [.. Of("table").Select(item => new ModelTable(item))];

    public IReadOnlyList<Relationship> Relationships => field ??= [.. Of("relationship").Select(item => new Relationship(item))];

    /// <summary>Parameters, functions and queries that no table is made of by itself.</summary>
    public IReadOnlyList<ModelExpression> Expressions => field ??= [.. Of("expression").Select(item => new ModelExpression(item))];

    public IEnumerable<Measure> Measures => Tables.SelectMany(table => table.Measures);

    /// <summary>Reads a model from the folder NAME.SemanticModel.</summary>
    public static SemanticModel Load(string folder)
    {
        var definition = Path.Combine(folder, "definition");
        return new(Directory.EnumerateFiles(definition, "*.tmdl", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(definition, path).Replace('\\', '/'), File.ReadAllText));
    }

    /// <summary>The table of a name, letter case ignored as in DAX; null where there is none.</summary>
    public ModelTable? Table(string name) => Tables.FirstOrDefault(table => table.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The column of a table; null where there is none.</summary>
    public Column? Column(string table, string column) => Table(table)?.Columns.FirstOrDefault(item => item.Name.Equals(column, StringComparison.OrdinalIgnoreCase));

    /// <summary>The measure of a name, whatever its table; null where there is none.</summary>
    public Measure? Measure(string name) => Measures.FirstOrDefault(measure => measure.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<TmdlObject> Of(string kind) => Objects.Where(item => item.Object.Kind == kind).Select(item => item.Object);
}

/// <summary>A table.</summary>
internal sealed record ModelTable(TmdlObject Source)
{
    public string Name => Source.Name;

    public string Description => Source.Description;

    public bool IsHidden => Source.Is("isHidden");

    public string? DataCategory => Source["dataCategory"];

    public IReadOnlyList<Column> Columns => field ??= [.. Source.Of("column").Select(item => new Column(Name, item))];

    public IReadOnlyList<Measure> Measures => field ??= [.. Source.Of("measure").Select(item => new Measure(Name, item))];

    public IReadOnlyList<Hierarchy> Hierarchies => field ??= [.. Source.Of("hierarchy").Select(item => new Hierarchy(Name, item))];

    public IReadOnlyList<TmdlObject> Partitions => field ??= [.. Source.Of("partition")];

    /// <summary>The M text that gives its rows.</summary>
    public string M => Partitions[0]["source"] ?? "";
}

/// <summary>A column.</summary>
internal sealed record Column(string Table, TmdlObject Source)
{
    public string Name => Source.Name;

    /// <summary>As DAX names it: 'Zone date'[AsOf].</summary>
    public string FullName => $"'{Table}'[{Name}]";

    public string Description => Source.Description;

    public bool IsHidden => Source.Is("isHidden");

    public bool IsKey => Source.Is("isKey");

    public string DataType => Source["dataType"] ?? "";

    public string? FormatString => Source["formatString"];

    public string? DataCategory => Source["dataCategory"];

    public string? SourceColumn => Source["sourceColumn"];

    public string? SortByColumn => Source["sortByColumn"]?.Trim('\'');
}

/// <summary>A measure.</summary>
internal sealed record Measure(string Table, TmdlObject Source)
{
    public string Name => Source.Name;

    public string Description => Source.Description;

    public bool IsHidden => Source.Is("isHidden");

    public string? FormatString => Source["formatString"];

    public string? DisplayFolder => Source["displayFolder"];

    public string Dax => Source.Value!;

    /// <summary>The expression, read; an exception where it cannot be.</summary>
    public DaxNode Expression => field ??= DaxParser.Parse(Dax);
}

/// <summary>A hierarchy, and the columns of its levels from the top down.</summary>
internal sealed record Hierarchy(string Table, TmdlObject Source)
{
    public string Name => Source.Name;

    /// <summary>Name and column of each level.</summary>
    public IReadOnlyList<(string Name, string? Column)> Levels => [.. Source.Of("level").Select(level => (level.Name, level["column"]?.Trim('\'')))];
}

/// <summary>A relationship from the side with many rows to that with one.</summary>
internal sealed record Relationship(TmdlObject Source)
{
    public (string Table, string Column) From => Split(Source["fromColumn"]);

    public (string Table, string Column) To => Split(Source["toColumn"]);

    private static (string Table, string Column) Split(string? name)
    {
        var dot = name?.LastIndexOf('.') ?? -1;
        return dot < 0 ? ("", "") : (name![..dot].Trim('\''), name[(dot + 1)..].Trim('\''));
    }
}

/// <summary>A parameter, a function or a query.</summary>
internal sealed record ModelExpression(TmdlObject Source)
{
    public string Name => Source.Name;

    public string Description => Source.Description;

    public string M => Source.Value!;

    public bool IsParameter => M.Contains("IsParameterQuery = true", StringComparison.Ordinal);
}
