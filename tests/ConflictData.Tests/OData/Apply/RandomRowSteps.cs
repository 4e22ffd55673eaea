using System.Globalization;
using ConflictData.Tests.OData.Filter;
using CsCheck;

namespace ConflictData.Tests.OData.Apply;

/// <summary>Random steps that keep, widen, order and cut rows.</summary>
internal static class RandomRowSteps
{
    private static readonly string[] Searched = ["Date", "CountText", "SourceLocator", "Breakdown", "ClaimGroup", "Note"];

    public static Gen<RandomPipeline> Filter(RowState state) => !state.IsRecords ? OfGrouped(state) : Gen.Frequency(
        (3, RandomFilters.One.Select(filter => RandomPipeline.Step($"filter({filter.Text})", state, rows => [.. rows.Where(row => filter.Of(row.Record!) == true)]))),
        (3, RandomFilters.Pick("killed", "injured").Select(outcome => RandomPipeline.Step(
            $"filter(Outcome eq '{outcome}')", state with { HasOneOutcome = true }, rows => [.. rows.Where(row => (string?)row["Outcome"] == outcome)]))));

    public static Gen<RandomPipeline> Search(RowState state) => RandomFilters.Pick("ab", "a", "x", "b", "سكة", "killed", "NOT ab").Select(search => RandomPipeline.Step(
        $"search({search})", state, rows => [.. rows.Where(row => IsFound(row, state, search))]));

    public static Gen<RandomPipeline> Compute(RowState state)
    {
        var (number, text) = (state.Free("C"), state.Free("W"));
        RandomPipeline Number(string expression, Func<NaiveRow, long?> of) =>
            RandomPipeline.Step($"compute({expression} as {number})", state with { Numbers = state.Numbers.Add(number) }, rows => [.. rows.Select(row => row.With(number, of(row)))]);
        RandomPipeline Text(string expression, Func<NaiveRow, string?> of) =>
            RandomPipeline.Step($"compute({expression} as {text})", state with { Texts = state.Texts.Add(text) }, rows => [.. rows.Select(row => row.With(text, of(row)))]);

        return Gen.OneOf(
            Pick(NumbersOf(state), "1").SelectMany(path => Gen.Long[2, 4].Select(factor => Number(
                string.Create(CultureInfo.InvariantCulture, $"{path} mul {factor}"), row => path == "1" ? factor : (long?)row[path] * factor))),
            state.IsRecords
                ? RandomWays.Text.Select(way => Text(way.Text, row => way.Of(row.Record!)))
                : Pick(state.Texts, "'w'").Select(path => Text($"concat({path},'b')", row => path == "'w'" ? "wb" : row[path] is string known ? known + "b" : null)));
    }

    public static Gen<RandomPipeline> OrderBy(RowState state) =>
        from isDescending in Gen.Bool
        from key in state.IsRecords
            ? Gen.OneOf(RandomWays.Key.Select(way => (way.Text, Of: (Func<NaiveRow, IComparable?>)(row => way.Of(row.Record!)))), Pick(state.Numbers, "Low").Select(Own))
            : Pick(state.Numbers.Union(state.Texts), "1").Select(Own)
        select RandomPipeline.Step($"orderby({key.Text}{(isDescending ? " desc" : "")})", state, rows =>
            isDescending ? [.. rows.OrderByDescending(key.Of, Comparer<IComparable?>.Default)] : [.. rows.OrderBy(key.Of, Comparer<IComparable?>.Default)]);

    public static Gen<RandomPipeline> Cut(RowState state) => Gen.Select(Gen.Bool, Gen.Int[0, 8], (isTop, count) => RandomPipeline.Step(
        string.Create(CultureInfo.InvariantCulture, $"{(isTop ? "top" : "skip")}({count})"), state, rows => isTop ? [.. rows.Take(count)] : [.. rows.Skip(count)]));

    /// <summary>Whole numbers that the rows have.</summary>
    public static IEnumerable<string> NumbersOf(RowState state) => state.IsRecords ? state.Numbers.Union(["Low", "High"]) : state.Numbers;

    public static Gen<string> Pick(IEnumerable<string> names, string otherwise) => RandomFilters.Pick(names.DefaultIfEmpty(otherwise).ToArray());

    private static Gen<RandomPipeline> OfGrouped(RowState state) => Gen.OneOf(
        Gen.Select(Pick(state.Numbers, "1"), Gen.Long[-1, 6], (path, least) => RandomPipeline.Step(
            string.Create(CultureInfo.InvariantCulture, $"filter({path} ge {least})"), state, rows => [.. rows.Where(row => (path == "1" ? 1 : (long?)row[path]) >= least)])),
        Gen.Select(Pick(state.Texts, "'x'"), RandomFilters.Pick("ab", "x", ""), (path, word) => RandomPipeline.Step(
            $"filter(not ({path} eq '{word}'))", state, rows => [.. rows.Where(row => (path == "'x'" ? "x" : (string?)row[path]) != word)])));

    private static (string Text, Func<NaiveRow, IComparable?> Of) Own(string path) =>
        (path, row => path == "1" ? null : row[path] is string text ? new Ordinal(text) : (IComparable?)row[path]);

    /// <summary>A word is found where a word of the text begins with it.</summary>
    private static bool IsFound(NaiveRow row, RowState state, string search)
    {
        var word = search.Replace("NOT ", "", StringComparison.Ordinal);
        var text = string.Join('\n', (state.IsRecords ? Searched : [.. state.Texts]).Select(path => (string?)row[path]).Where(text => text is not null));
        var isFound = Enumerable.Range(0, text.Length).Any(at =>
            text.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase) && (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || char.GetUnicodeCategory(text[at - 1]) is UnicodeCategory.NonSpacingMark)));
        return isFound != (word != search);
    }

    private sealed record Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? other) => string.CompareOrdinal(Text, ((Ordinal)other!).Text);
    }
}
