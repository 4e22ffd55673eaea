using System.Globalization;
using System.Text;
using System.Text.Json;
using ConflictData.Datasets;
using ConflictData.Submissions;
using CsCheck;
using CsvHelper;

namespace ConflictData.Tests.Submissions;

public sealed class ReaderProperties
{
    private static readonly Dataset Zones = Catalog.Get("Zones");

    private static readonly Gen<string> Cell = Gen.Char["aZ09 ,;\t\"'\r\nḤ中=|{}[]"].Array[0, 12].Select(chars => new string(chars));

    private static readonly Gen<string[][]> Table = Cell.Array[Zones.Columns.Count].Array[0, 20];

    private static readonly string[] Pieces =
    [
        "Id", "Name,", "\"", "\n", "\r", ",", ";", "{", "}", "[", "]", ":", "\"Id\"", "\\u", "d800", "1e9", "null", "x", "Kind,SourceId",
    ];

    private static readonly Gen<RowFormat> Format = Gen.Int[0, 2].Select(format => (RowFormat)format);

    [Fact]
    public void Rows_written_as_CSV_are_read_as_they_were() =>
        Table.Sample(table => Same(table, Reading.Of(RowFormat.Csv, Csv(table))), iter: 2000);

    [Fact]
    public void Rows_written_as_JSON_are_read_as_they_were() =>
        Table.Sample(table => Same(table, Reading.Json($"[{string.Join(",\n", Objects(table))}]"))
            && (table.Length == 0 || Same(table, Reading.NdJson(string.Join("\r\n", Objects(table))))), iter: 2000);

    [Fact]
    public void No_bytes_make_a_reader_throw() =>
        Gen.Select(Format, Gen.Byte.Array[0, 200]).Sample((format, bytes) => Reading.Of(format, bytes), iter: 5000);

    [Fact]
    public void No_text_that_is_nearly_right_makes_a_reader_throw() =>
        Gen.Select(Format, Gen.Int[0, Pieces.Length - 1].Array[0, 40].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))))
            .Sample((format, text) => Reading.Of(format, Encoding.UTF8.GetBytes(text)), iter: 5000);

    /// <summary>An empty cell and an absent one are the same; JSON keeps the difference of null and "", which the checks do not.</summary>
    private static bool Same(string[][] table, Reading read) =>
        read.Problems.Count == 0 && read.Rows.Select(row => row.Cells.Select(cell => cell ?? "")).SequenceEqual(table, Comparer);

    private static readonly EqualityComparer<IEnumerable<string>> Comparer =
        EqualityComparer<IEnumerable<string>>.Create((a, b) => a!.SequenceEqual(b!), row => row.Count());

    private static byte[] Csv(string[][] table)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { FormatProvider = CultureInfo.InvariantCulture }, leaveOpen: true))
        {
            csv.WriteHeader([.. Zones.Columns.Select(column => column.Name)]);
            foreach (var row in table)
            {
                Array.ForEach(row, cell => csv.WriteField(cell));
                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<string> Objects(string[][] table) => table.Select(row =>
        JsonSerializer.Serialize(Zones.Columns.Zip(row).ToDictionary(pair => pair.First.Name, pair => pair.Second)));
}
