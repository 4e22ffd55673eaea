namespace ConflictData.Submissions;

/// <summary>What can be wrong with a file as a file: the codes of the problems that reading finds. The list is closed.</summary>
public static class ReadErrorCodes
{
    public const string EmptyFile = "emptyFile";
    public const string NotUtf8 = "notUtf8";
    public const string UnknownColumn = "unknownColumn";
    public const string DuplicateColumn = "duplicateColumn";
    public const string MissingColumn = "missingColumn";
    public const string RaggedRow = "raggedRow";
    public const string BadQuotes = "badQuotes";
    public const string CellTooLong = "cellTooLong";
    public const string BadJson = "badJson";
    public const string NestedValue = "nestedValue";
    public const string TooManyRows = "tooManyRows";

    public static IReadOnlyList<string> All { get; } =
    [
        EmptyFile, NotUtf8, UnknownColumn, DuplicateColumn, MissingColumn, RaggedRow, BadQuotes, CellTooLong, BadJson, NestedValue,
        TooManyRows,
    ];
}
