using System.Text.RegularExpressions;
using ConflictData.Api;
using Microsoft.OData.Edm;

namespace ConflictData.OData;

/// <summary>The names that an $apply gives.</summary>
internal static partial class Aliases
{
    /// <summary>
    /// Why rows cannot have a property of that name; null where they can. The names of the set's own properties are taken for
    /// good: what has one means what the set means by it.
    /// </summary>
    public static ApiError? Problem(string alias, Flow rows, IEnumerable<PipelineProperty> more) =>
        !Identifier.IsMatch(alias) ? ApplyError.Bad($"{alias} is not a name that a property can have.")
        : ODataModel.TypeOf(rows.Shape.Dataset).Properties().Any(property => IsSame(property.Name, alias)) || rows.Groups.Keys.Concat(more).Any(property => IsSame(property.Path, alias))
            ? ApplyError.Bad($"There is a property {alias} already; take another name.")
        : null;

    private static bool IsSame(string name, string alias) => name.Equals(alias, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}\z")]
    private static partial Regex Identifier { get; }
}
