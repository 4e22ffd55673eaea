using System.Text.RegularExpressions;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>The names that an $apply gives and asks for.</summary>
internal static partial class Names
{
    /// <summary>Why a property cannot have that name; null where it can.</summary>
    public static ApiError? Problem(string alias, IEnumerable<PipelineProperty> taken) =>
        !Identifier.IsMatch(alias) ? Bad($"{alias} is not a name that a property can have.")
        : taken.Any(property => property.Name.Equals(alias, StringComparison.OrdinalIgnoreCase)) ? Bad($"There is a property {alias} already; take another name.")
        : null;

    /// <summary>The properties that a groupby lists, each once.</summary>
    public static Result<PipelineProperty[]> Keys(Shape shape, string list)
    {
        var keys = new List<PipelineProperty>();
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (name.AsSpan().IndexOfAny("/(") >= 0)
            {
                return new ApiError(ErrorCode.NotSupported, $"This service does not support {name} in groupby; it groups by plain properties.") { Target = "$apply" };
            }
            if (shape.Find(name) is not { } property)
            {
                return Bad($"groupby names {name}, which is not a property here. There are {string.Join(", ", shape.Properties.Select(known => known.Name))}.");
            }
            if (property is TotalProperty)
            {
                return Bad($"{property.Name} is a total; rows cannot be grouped by it.");
            }
            keys.Add(property);
        }
        return keys.Distinct().ToArray();
    }

    [GeneratedRegex(@"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}\z")]
    private static partial Regex Identifier { get; }

    private static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail) { Target = "$apply" };
}
