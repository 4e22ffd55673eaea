namespace ConflictData.Submissions;

/// <summary>An error or warning about one row of a submission, as the report shows it.</summary>
/// <param name="Dataset">The row's dataset.</param>
/// <param name="Row">Data row from 1.</param>
/// <param name="Line">Physical line from 1.</param>
/// <param name="Column">The column, where it is about one.</param>
/// <param name="Code">Stable code, camelCase.</param>
/// <param name="Message">What is wrong and how to mend it; names the value.</param>
/// <param name="Value">The value as it was sent, cut at 200 characters.</param>
public sealed record RowProblem(string Dataset, int Row, int Line, string? Column, string Code, string Message, string? Value);
