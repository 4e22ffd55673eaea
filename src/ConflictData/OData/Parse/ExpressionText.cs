using System.Globalization;
using System.Text.RegularExpressions;
using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>
/// An expression in the words of the library's parser, which does not know all of 4.01 (see <see cref="ExpressionRewriter"/>),
/// and the way back from its words to the caller's.
/// </summary>
/// <param name="Original">What the caller wrote.</param>
/// <param name="Text">What the library reads.</param>
/// <param name="Edits">The places that differ, in their order.</param>
internal sealed partial record ExpressionText(string Original, string Text, IReadOnlyList<TextEdit> Edits)
{
    public static Result<ExpressionText> Read(string text, RequestOptions options, Settings limits) => new ExpressionRewriter(text, options, limits).Run();

    /// <summary>A message of the library that quotes the expression, with the caller's expression and its positions instead.</summary>
    public string Explain(string message) => Text.Length == 0 || Text == Original || !message.Contains(Text, StringComparison.Ordinal)
        ? message
        : Position().Replace(message.Replace(Text, Original, StringComparison.Ordinal), match =>
            string.Create(CultureInfo.InvariantCulture, $"position {TextEdit.OriginalOf(int.Parse(match.ValueSpan["position ".Length..], CultureInfo.InvariantCulture), Edits)}"));

    [GeneratedRegex(@"position \d{1,9}")]
    private static partial Regex Position();
}

/// <summary>A place where the text that the library reads differs from what the caller wrote.</summary>
internal sealed record TextEdit(int Start, int Length, int OriginalStart, int OriginalLength)
{
    /// <summary>Where that stood which stands at a position after edits.</summary>
    public static int OriginalOf(int position, IReadOnlyList<TextEdit> edits)
    {
        var last = edits.LastOrDefault(edit => edit.Start <= position);
        return last is null ? position
            : position < last.Start + last.Length ? last.OriginalStart
            : position - last.Start - last.Length + last.OriginalStart + last.OriginalLength;
    }
}
