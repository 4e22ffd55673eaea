using System.IO.Compression;
using System.Text;
using ConflictData.Datasets;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>Files of rows, sets of them, and batches: right in form, often wrong in what they say.</summary>
internal static class RandomSet
{
    /// <summary>A CSV file of some dataset or none.</summary>
    public static string Csv(Random random)
    {
        var columns = random.Any(Catalog.All).Columns.Select(column => column.Name).ToList();
        var header = random.Next(8) switch
        {
            0 => [.. columns, .. columns],
            1 => [.. Enumerable.Range(0, random.Length(20_000)).Select(number => $"c{number}")],
            2 => [Hostile.Text(random), .. columns],
            _ => columns.Where(_ => !random.OneIn(10)).ToList(),
        };
        var separator = random.Any([",", ",", ",", ";", "\t"]);
        var rows = Enumerable.Range(0, random.Length(60)).Select(_ => string.Join(separator, header.Take(200).Select(_ => Cell(random))));
        return string.Join(random.Any(["\n", "\r\n", "\r"]), [string.Join(separator, header), .. rows]);
    }

    /// <summary>A zip of some files.</summary>
    public static RandomBody Zip(Random random)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var file = random.Length(12); file > 0; file--)
            {
                using var content = zip.CreateEntry(random.OneIn(3) ? "x" + Hostile.Text(random, 300) : Name(random)).Open();
                content.Write(Encoding.Latin1.GetBytes(random.OneIn(10) ? Hostile.Text(random) : Csv(random)));
            }
        }

        return new("application/zip", packed.ToArray());
    }

    /// <summary>A form with some files.</summary>
    public static RandomBody Multipart(Random random)
    {
        var boundary = random.Any(["b", "b", "b", "", "\"b\"", new('b', 71), new('b', 3000), "b\u00E9"]);
        var parts = Enumerable.Range(0, random.Length(40)).Select(_ => $"--b\r\n{PartHeaders(random)}\r\n\r\n{(random.OneIn(4) ? Hostile.Text(random) : Csv(random))}\r\n");
        return new($"multipart/form-data{(random.OneIn(10) ? "" : $"; boundary={boundary}")}", Encoding.Latin1.GetBytes(string.Concat(parts) + (random.OneIn(5) ? "" : "--b--\r\n")));
    }

    /// <summary>A batch as multipart/mixed.</summary>
    public static string Batch(Random random)
    {
        var parts = Enumerable.Range(0, random.Length(150)).Select(number =>
            $"--b\r\n{random.Any(["Content-Type: application/http\r\nContent-Transfer-Encoding: binary", "Content-Type: multipart/mixed; boundary=c", "x", PartHeaders(random)])}\r\n"
            + $"Content-ID: {number}\r\n\r\n{random.Any(["GET", "GET", "GET", "POST", "", Hostile.Text(random, 50)])} {InnerAddress(random)} {random.Any(["HTTP/1.1", "HTTP/1.1", "HTTP/9", ""])}\r\n"
            + $"{random.Any(["", "Accept: text/csv\r\n", "Prefer: maxpagesize=0\r\n", Hostile.Text(random, 300) + "\r\n"])}\r\n\r\n");
        return string.Concat(parts) + (random.OneIn(5) ? "" : "--b--\r\n");
    }

    private static string InnerAddress(Random random) => random.Next(4) switch
    {
        0 => Hostile.Text(random, 300),
        1 => "/api/odata/" + RandomAddresses.Next(random),
        _ => RandomAddresses.Next(random),
    };

    private static string PartHeaders(Random random) => random.Next(6) switch
    {
        0 => Hostile.Text(random, 20_000),
        1 => string.Join("\r\n", Enumerable.Range(0, random.Length(200)).Select(number => $"X{number}: {Hostile.Text(random, 30)}")),
        2 => $"Content-Disposition: form-data; name=\"{Hostile.Text(random, 200)}\"; filename*=UTF-8''{Hostile.Text(random, 200)}",
        _ => $"Content-Disposition: form-data; name=\"{Name(random)}\"; filename=\"{Name(random)}\"\r\nContent-Type: {random.Any(["text/csv", "application/json", "application/zip", "x"])}",
    };

    private static string Name(Random random) => random.Any(Catalog.All).Name + random.Any([".csv", ".csv", ".json", ".ndjson", "", ".CSV", ".exe"]);

    private static string Cell(Random random) => random.Next(8) switch
    {
        0 => Hostile.Text(random, random.OneIn(50) ? 100_000 : 300),
        1 => $"\"{Hostile.Text(random, 300).Replace("\"", random.Any(["\"\"", "\""]), StringComparison.Ordinal)}\"",
        2 => random.Any(["hasaka", "sdf", "brief", "killed", "arrested"]),
        3 => random.Any(["2022-01-20", "2022-01", "2021-22", "2022-01-20/..", "../2022", "2022-99", "2021~", "9999-12-31/0001-01-01", "2022-01-20/2022-01-20/2022-01-20"]),
        4 => random.Any(["374", "more than 30", "between 1 and", "several dozen", "9223372036854775807", "more than 9223372036854775807", "999999999999999999999", "most of -1", "a dozen dozens", "one million million"]),
        5 => $"x{random.Next(20)}",
        _ => "",
    };
}
