namespace ConflictData.Tests.OData.Fuzz;

/// <summary>Makes a question that is answered wrongly as small as it can be made.</summary>
internal static class Shrinker
{
    /// <summary>The smallest found, and how it is answered.</summary>
    public static async Task<(Question Question, string Difference)> Shrink(Question question, string difference, Func<Question, Task<string?>> ask)
    {
        foreach (var simpler in Simpler(question))
        {
            // A question that is refused for another reason is another problem.
            if (await ask(simpler) is { } same && IsRefusal(same) == IsRefusal(difference) && !(IsRefusal(same) && same != difference))
            {
                return await Shrink(simpler, same, ask);
            }
        }
        return (question, difference);
    }

    private static bool IsRefusal(string difference) => difference.StartsWith("status ", StringComparison.Ordinal);

    private static IEnumerable<Question> Simpler(Question question)
    {
        if (question.PageSize is not null)
        {
            yield return question with { PageSize = null };
        }
        if (question.Filter is { } filter)
        {
            yield return question with { Filter = null };
            foreach (var part in filter.Parts)
            {
                yield return question with { Filter = part };
            }
        }
        if (question.Search is not null)
        {
            yield return question with { Search = null };
        }
        if (question.Count)
        {
            yield return question with { Count = false };
        }
        if (question.Top is not null)
        {
            yield return question with { Top = null };
        }
        if (question.Skip > 0)
        {
            yield return question with { Skip = 0 };
        }
        for (var index = 0; index < question.Order.Count; index++)
        {
            yield return question with { Order = Without(question.Order, index) };
        }
        for (var index = 0; index < question.Computed.Count; index++)
        {
            yield return question with { Computed = Without(question.Computed, index) };
        }
        if (question.Select is not ["Id"])
        {
            yield return question with { Select = ["Id"] };
        }
        for (var index = 0; index < question.Expanded.Count; index++)
        {
            yield return question with { Expanded = Without(question.Expanded, index) };
            var item = question.Expanded[index];
            foreach (var inner in item.Form == Form.Records ? Simpler(item.Inner) : [])
            {
                yield return question with { Expanded = [.. question.Expanded.Take(index), item with { Inner = inner }, .. question.Expanded.Skip(index + 1)] };
            }
        }
    }

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> items, int index) => [.. items.Take(index), .. items.Skip(index + 1)];
}
