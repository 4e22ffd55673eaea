using System.Globalization;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>What a question is after.</summary>
internal enum Wanted
{
    Rows,
    Count,
    Record,
}

/// <summary>How what is expanded is given.</summary>
internal enum Form
{
    Records,
    References,
    Count,
}

/// <summary>A whole query of the feed, as its parts.</summary>
/// <param name="Shape">The set of its records.</param>
internal sealed record Question(Shape Shape)
{
    public Wanted Wanted { get; init; } = Wanted.Rows;

    /// <summary>The release root it is asked under; null = the newest.</summary>
    public int? Release { get; init; }

    /// <summary>The one record that is wanted.</summary>
    public string Key { get; init; } = "";

    /// <summary>The record whose related ones are wanted, and the way to them.</summary>
    public (string Set, string Id, Way Way)? Via { get; init; }

    public Expression<bool?>? Filter { get; init; }

    public Search? Search { get; init; }

    public IReadOnlyList<Computed> Computed { get; init; } = [];

    public IReadOnlyList<SortKey> Order { get; init; } = [];

    public int? Top { get; init; }

    public int Skip { get; init; }

    public bool Count { get; init; }

    /// <summary>The columns that are wanted; null = all.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    public IReadOnlyList<Expansion> Expanded { get; init; } = [];

    /// <summary>Rows on a page; null = as many as the feed gives.</summary>
    public int? PageSize { get; init; }

    /// <summary>Path and query under the root.</summary>
    public string Address
    {
        get
        {
            var path = Via is var (set, id, way) ? $"{set}('{id}')/{way.Name}" : Shape.Name;
            path += Wanted switch { Wanted.Count => "/$count", Wanted.Record => $"('{Key}')", _ => "" };
            return $"{path}?{string.Join('&', Options.Select(option => $"{option.Name}={Uri.EscapeDataString(option.Value)}"))}";
        }
    }

    private IEnumerable<(string Name, string Value)> Options
    {
        get
        {
            (string Name, string? Value)[] all =
            [
                ("$compute", Computed.Count == 0 ? null : string.Join(',', Computed.Select(item => $"{(item.ByAlias ? item.Alias : item.Text)} as {item.Name}"))),
                .. Computed.Where(item => item.ByAlias).Select(item => (item.Alias, (string?)item.Text)),
                ("$filter", Filter?.Text),
                ("$search", Search?.Text),
                ("$orderby", Order.Count == 0 ? null : string.Join(',', Order.Select(key => key.Text + (key.Descending ? " desc" : "")))),
                ("$top", Top?.ToString(CultureInfo.InvariantCulture)),
                ("$skip", Skip == 0 ? null : Skip.ToString(CultureInfo.InvariantCulture)),
                ("$count", Count ? "true" : null),
                ("$select", Select is null ? null : string.Join(',', Select)),
                ("$expand", Expanded.Count == 0 ? null : string.Join(',', Expanded.Select(item => item.Text))),
            ];
            return all.Where(option => option.Value is not null)!;
        }
    }

    /// <summary>As it stands in parentheses behind what is expanded.</summary>
    public string Nested => string.Join(';', Options.Select(option => $"{option.Name}={option.Value}"));

    public override string ToString() =>
        $"{(Release is null ? "" : $"release {Release}: ")}{Uri.UnescapeDataString(Address)}{(PageSize is null ? "" : $" in pages of {PageSize}")}";
}

/// <summary>An item of $expand.</summary>
internal sealed record Expansion(Way Way, bool ToMany, Form Form, Question Inner)
{
    public string Text => Way.Name
        + Form switch { Form.References => "/$ref", Form.Count => "/$count", _ => "" }
        + (Inner.Nested is { Length: > 0 } options ? $"({options})" : "");
}
