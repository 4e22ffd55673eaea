using System.Globalization;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>A piece of SQL. Its placeholders are counted from $1; <see cref="ReleaseMark"/> stands where the release goes.</summary>
internal sealed record SqlFragment(string Text, IReadOnlyList<object?> Values)
{
    /// <summary>No name of ours and no placeholder holds it, and nothing of the caller's is ever in the text.</summary>
    public const string ReleaseMark = "@@release";

    /// <summary>
    /// Puts pieces together: fragments among the arguments keep their values under new numbers, all else is written invariantly.
    /// </summary>
    public static SqlFragment Of(FormattableString text)
    {
        var values = new List<object?>();
        var arguments = text.GetArguments().Select(argument => argument is SqlFragment fragment ? Append(fragment, values) : argument).ToArray();
        return new(string.Format(CultureInfo.InvariantCulture, text.Format, arguments), values);
    }

    public static SqlFragment Join(string separator, IEnumerable<SqlFragment> fragments)
    {
        var values = new List<object?>();
        return new(string.Join(separator, fragments.Select(fragment => Append(fragment, values)).ToArray()), values);
    }

    public SqlQuery At(int release, QueryClass cost) =>
        new(Text.Replace(ReleaseMark, release.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), Values, cost);

    private static string Append(SqlFragment fragment, List<object?> values)
    {
        var text = fragment.Text;
        // From the last number down, so that $1 is not taken for the start of $12, nor a new number for an old one.
        for (var number = fragment.Values.Count; number > 0 && values.Count > 0; number--)
        {
            text = text.Replace(Placeholder(number), Placeholder(number + values.Count), StringComparison.Ordinal);
        }
        values.AddRange(fragment.Values);
        return text;
    }

    private static string Placeholder(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");
}
