using System.Globalization;
using System.Text.Json;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>Puts a question to the feed and to the evaluator.</summary>
internal sealed class Asker(Server server, World world)
{
    /// <summary>How the feed's answer differs from what it must be; null where it does not.</summary>
    public async Task<string?> Ask(Question question)
    {
        try
        {
            return await Compare(question);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What would be a 500.
            return $"status 500: {failure.GetType().Name}: {failure.Message}";
        }
    }

    private Task<string?> Compare(Question question)
    {
        var at = question.Release is { } release ? world.Snapshots[release - 1] : world.Snapshots[^1];
        if (question.Wanted == Wanted.Record)
        {
            return AskRecord(question, at.Find(question.Shape.Name, question.Key) is { } record ? Evaluator.Write(question, at, record) : null);
        }
        if (question.Via is not var (set, id, way))
        {
            return AskRows(question, Evaluator.Rows(question, at, at[question.Shape.Name]));
        }
        return at.Find(set, id) is { } owner ? AskRows(question, Evaluator.Rows(question, at, at.Many(owner, way))) : AskRecord(question, null);
    }

    private async Task<string?> AskRecord(Question question, Row? expected)
    {
        var reply = await Get(question.Address, question);
        return reply.Status != (expected is null ? 404 : 200) ? Refusal(reply)
            : expected is null ? null
            : Difference.Between(JsonElement.Parse(reply.Body), expected);
    }

    private Task<string?> AskRows(Question question, (IReadOnlyList<object?> Rows, int Total) expected) =>
        question.Wanted == Wanted.Count ? AskCount(question, expected.Total) : AskPages(question, expected.Rows, expected.Total);

    private async Task<string?> AskCount(Question question, int expected)
    {
        var reply = await Get(question.Address, question);
        return reply.Status != 200 ? Refusal(reply) : reply.Body == expected.ToString(CultureInfo.InvariantCulture) ? null : $"the count is {reply.Body}, not {expected}";
    }

    private async Task<string?> AskPages(Question question, IReadOnlyList<object?> expected, int total)
    {
        var (given, next) = (0, (string?)question.Address);
        while (next is not null)
        {
            var reply = await Get(next, question);
            if (reply.Status != 200)
            {
                return Refusal(reply);
            }
            var page = JsonElement.Parse(reply.Body);
            var rows = expected.Skip(given).Take(question.PageSize ?? int.MaxValue).ToList();
            var difference = Difference.Between(page.GetProperty("value"), rows, $"row {given}+") ?? DifferentTotal(page, question.Count ? total : null);
            if (difference is not null)
            {
                return difference;
            }
            given += rows.Count;
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            if (next is null != (given == expected.Count))
            {
                return $"after {given} of {expected.Count} rows the next link is {next ?? "missing"}";
            }
        }
        return null;
    }

    private static string? DifferentTotal(JsonElement page, int? expected)
    {
        var found = page.TryGetProperty("@odata.count", out var count) ? count.GetInt32() : (int?)null;
        return found == expected ? null : $"@odata.count is {found}, not {expected}";
    }

    private static string Refusal(Reply reply) => $"status {reply.Status}: {reply.Body}";

    private Task<Reply> Get(string address, Question question) => server.Get(
        address, question.Release?.ToString(CultureInfo.InvariantCulture), headers: question.PageSize is { } size ? [("Prefer", $"maxpagesize={size.ToString(CultureInfo.InvariantCulture)}")] : []);
}
