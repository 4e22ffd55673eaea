namespace ConflictData.Submissions;

/// <summary>One row stream from every format.</summary>
internal static class RowReader
{
    /// <summary>
    /// The rows of a file as they come; what is wrong with the file or the shape of a row goes to <paramref name="problems"/>,
    /// and such a row is left out. Never throws on any bytes.
    /// </summary>
    public static IEnumerable<IncomingRow> Read(PayloadFile file, ProblemList problems)
    {
        var source = new RowSource(file.Dataset, problems);
        return Utf8Check.Text(file.Bytes, source) is not { } text ? []
            : file.Format switch
            {
                RowFormat.Csv => CsvRows.Read(text, source),
                RowFormat.Json => JsonPayload.ReadArray(text, source),
                RowFormat.NdJson => JsonPayload.ReadLines(text, source),
                _ => throw new ArgumentOutOfRangeException(nameof(file)),
            };
    }
}
