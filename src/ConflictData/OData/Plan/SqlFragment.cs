using System.Globalization;
using System.Text.RegularExpressions;
using ConflictData.Query;

namespace ConflictData.OData;

/// <summary>
/// A piece of SQL. Its placeholders are counted from $1; <see cref="ReleaseMark"/> stands where the release goes,
/// <see cref="TagsMark"/> where the version of the tags does.
/// </summary>
internal sealed partial record SqlFragment(string Text, IReadOnlyList<object?> Values)
{
    /// <summary>No name of ours and no placeholder holds it, and nothing of the caller's is ever in the text.</summary>
    public const string ReleaseMark = "@@release";

    /// <summary>As <see cref="ReleaseMark"/>.</summary>
    public const string TagsMark = "@@tags";

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

    public SqlQuery At(AsOf point, QueryClass cost) => new(Replaced(AtRelease(point.Release).Text, TagsMark, point.Tags), Values, cost);

    /// <summary>The same at that release, for statements that read at several; what reads tags is read at one.</summary>
    public SqlFragment AtRelease(int release) => this with { Text = Replaced(Text, ReleaseMark, release) };

    private static string Replaced(string text, string mark, int number) =>
        text.Replace(mark, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

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
