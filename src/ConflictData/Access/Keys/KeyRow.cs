using System.Globalization;
using Azure.Data.Tables;

namespace ConflictData.Access;

/// <summary>A key as a row of table Keys.</summary>
internal static class KeyRow
{
    public const string Partition = "keys";
    public const string LastUsedAt = "LastUsedAt";

    public static TableEntity Write(KeyRecord key) => new(Partition, key.Id)
    {
        ["SecretHash"] = Convert.ToHexStringLower(key.SecretHash),
        ["Name"] = key.Name,
        ["Owner"] = key.Owner,
        ["Scopes"] = string.Join(' ', ScopeNames.Of(key.Scopes)),
        ["Datasets"] = key.Datasets is { } datasets ? string.Join(' ', datasets) : null,
        ["CreatedAt"] = Text(key.CreatedAt),
        ["CreatedBy"] = key.CreatedBy,
        ["ExpiresAt"] = Text(key.ExpiresAt),
        ["RevokedAt"] = Text(key.RevokedAt),
        ["RevokedBy"] = key.RevokedBy,
        [LastUsedAt] = Text(key.LastUsedAt),
        ["Replaces"] = key.Replaces,
        ["ReplacedBy"] = key.ReplacedBy,
    };

    public static KeyRecord Read(TableEntity row) => new()
    {
        Id = row.RowKey,
        SecretHash = Convert.FromHexString(row.GetString("SecretHash")),
        Name = row.GetString("Name"),
        Owner = row.GetString("Owner"),
        Scopes = row.GetString("Scopes").Split(' ').Aggregate(Scopes.None, (scopes, name) => scopes | ScopeNames.Find(name)),
        Datasets = row.GetString("Datasets")?.Split(' '),
        CreatedAt = Time(row, "CreatedAt")!.Value,
        CreatedBy = row.GetString("CreatedBy"),
        ExpiresAt = Time(row, "ExpiresAt"),
        RevokedAt = Time(row, "RevokedAt"),
        RevokedBy = row.GetString("RevokedBy"),
        LastUsedAt = Time(row, LastUsedAt),
        Replaces = row.GetString("Replaces"),
        ReplacedBy = row.GetString("ReplacedBy"),
    };

    public static TableEntity Used(string id, DateTimeOffset at) => new(Partition, id) { [LastUsedAt] = Text(at) };

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(TableEntity row, string column) => row.GetString(column) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;
}
