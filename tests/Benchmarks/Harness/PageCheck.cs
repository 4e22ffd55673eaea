using System.Text.Json;

namespace Benchmarks.Harness;

/// <summary>Makes sure that what is compared is the same, and that counting rows by their first bytes counts them right.</summary>
internal static class PageCheck
{
    /// <summary>Compares the first page of two feeds value by value.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public static async Task SameRows(FeedClient client, Uri ours, Uri baseline)
    {
        using var ourPage = await client.Document(ours);
        using var baselinePage = await client.Document(baseline);
        var (ourRows, baselineRows) = (ourPage.RootElement.GetProperty("value"), baselinePage.RootElement.GetProperty("value"));
        Require(ourRows.GetArrayLength() == baselineRows.GetArrayLength(), $"{ours} has {ourRows.GetArrayLength()} rows, the baseline {baselineRows.GetArrayLength()}");
        Require(client.LastRows == baselineRows.GetArrayLength(), $"counting by bytes gave {client.LastRows} rows");
        foreach (var (our, theirs) in ourRows.EnumerateArray().Zip(baselineRows.EnumerateArray()))
        {
            Require(JsonElement.DeepEquals(our, theirs), $"{our} is not {theirs}");
        }
    }

    private static void Require(bool condition, string found)
    {
        if (!condition)
        {
            throw new InvalidDataException($"Ours and the baseline are not the same: {found}.");
        }
    }
}
