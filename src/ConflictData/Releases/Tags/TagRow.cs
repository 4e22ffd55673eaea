using System.Globalization;
using Azure.Data.Tables;

namespace ConflictData.Releases;

/// <summary>A move of a tag as a row in partition tags of table Commits.</summary>
internal static class TagRow
{
    public const string Tags = "tags";

    /// <summary>Counts up, so that what follows a known version is read as one range.</summary>
    public static string Key(int version) => version.ToString("D10", CultureInfo.InvariantCulture);

    public static TableEntity Write(TagMove move) => new(Tags, Key(move.Version))
    {
        ["Version"] = move.Version,
        ["MoveId"] = move.Id,
        ["Tag"] = move.Tag,
        ["From"] = move.From,
        ["To"] = move.To,
        ["MovedAt"] = move.MovedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["Owner"] = move.Owner,
        ["Message"] = move.Message,
    };

    public static TagMove Read(TableEntity row) => new()
    {
        Version = row.GetInt32("Version")!.Value,
        Id = row.GetString("MoveId"),
        Tag = row.GetString("Tag"),
        From = row.GetInt32("From"),
        To = row.GetInt32("To"),
        MovedAt = DateTimeOffset.Parse(row.GetString("MovedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Owner = row.GetString("Owner"),
        Message = row.GetString("Message"),
    };
}
