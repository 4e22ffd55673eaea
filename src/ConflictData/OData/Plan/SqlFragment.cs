using System.Globalization;
using System.Text.RegularExpressions;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>A piece of SQL. Its placeholders are counted from $1; <see cref="ReleaseMark"/> stands where the release goes.</summary>
internal sealed partial record SqlFragment(string Text, IReadOnlyList<object?> Values)
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

    public SqlQuery At(int release, QueryClass cost) => new(AtRelease(release).Text, Values, cost);

    /// <summary>The same at that release, for statements that read at several.</summary>
    public SqlFragment AtRelease(int release) =>
        this with { Text = Text.Replace(ReleaseMark, release.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) };

    private static string Append(SqlFragment fragment, List<object?> values)
    {
        var before = values.Count;
        values.AddRange(fragment.Values);
        return before == 0 ? fragment.Text : Placeholder().Replace(fragment.Text, match =>
            string.Create(CultureInfo.InvariantCulture, $"${int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture) + before}"));
    }

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Placeholder();
}
