using ConflictData.Api;
using ConflictData.Datasets;

namespace ConflictData.Submissions;

/// <summary>What the name of a file in the inbox says of it.</summary>
/// <param name="Dataset">Whose rows it has; null for a set.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="ContentEncoding">gzip, or null for none.</param>
internal sealed record InboxName(Dataset? Dataset, string ContentType, string? ContentEncoding)
{
    /// <summary>The folder of sets.</summary>
    private const string Set = "_set";

    private const string Known = "Files lie in the inbox as {dataset}/{file}.csv, .json or .ndjson, each also with .gz, and sets as _set/{file}.zip. Drop it again under such a name.";

    public static Result<InboxName> Read(string name)
    {
        if (name.Split('/') is not [{ Length: > 0 } folder, { Length: > 0 } file])
        {
            return Refuse(name, Known);
        }

        var packed = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var type = Type(packed ? file[..^3] : file);
        if (folder.Equals(Set, StringComparison.OrdinalIgnoreCase))
        {
            return type == "application/zip" && !packed ? new InboxName(null, type, null) : Refuse(name, Known);
        }

        return Catalog.Find(folder) is not { } dataset ? new ApiError(ErrorCode.NotFound, $"{UnknownDataset.Message(folder)} {Known}")
            : type is null or "application/zip" ? Refuse(name, Known)
            : new InboxName(dataset, type, packed ? "gzip" : null);
    }

    private static string? Type(string file) => Path.GetExtension(file).Equals(".zip", StringComparison.OrdinalIgnoreCase)
        ? "application/zip"
        : MediaType.FormatOf(file) switch
        {
            RowFormat.Csv => "text/csv",
            RowFormat.Json => "application/json",
            RowFormat.NdJson => "application/x-ndjson",
            _ => null,
        };

    private static ApiError Refuse(string name, string remedy) => new(ErrorCode.BadRequest, $"{PayloadSet.Short(name)} cannot be read. {remedy}");
}
