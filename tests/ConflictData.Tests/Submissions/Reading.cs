using System.Text;
using ConflictData.Datasets;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>Reads text as a file of a dataset.</summary>
internal sealed record Reading(IReadOnlyList<IncomingRow> Rows, IReadOnlyList<RowProblem> Problems)
{
    public static Reading Csv(string text, string dataset = "Zones") => Of(RowFormat.Csv, Encoding.UTF8.GetBytes(text), dataset);

    public static Reading Json(string text, string dataset = "Zones") => Of(RowFormat.Json, Encoding.UTF8.GetBytes(text), dataset);

    public static Reading NdJson(string text, string dataset = "Zones") => Of(RowFormat.NdJson, Encoding.UTF8.GetBytes(text), dataset);

    public static Reading Of(RowFormat format, byte[] bytes, string dataset = "Zones")
    {
        var problems = new ProblemList();
        var rows = RowReader.Read(new PayloadFile(Catalog.Get(dataset), format, bytes), problems).ToList();
        return new Reading(rows, problems.Kept);
    }

    /// <summary>One cell of a row.</summary>
    public string? this[int row, string column] => Rows[row].Cells[Rows[row].Dataset[column].Ordinal];

    /// <summary>The one problem, and no rows beside it that it should have kept out.</summary>
    public RowProblem Problem => Assert.Single(Problems);
}
