using System.Text;
using System.Text.RegularExpressions;
using ConflictData.Datasets;
using ConflictData.Query;
using ConflictData.Submissions;

namespace ConflictData.Tests.Submissions;

/// <summary>Whoever reads a message knows nothing of the code: it says where, what and how to mend it, in sentences.</summary>
public sealed partial class MessageTests
{
    private const string Places = "Id,Name,Kind,ParentId,CountryCode,PlacePrecision\n";
    private const string Zones = "Id,Name,Kind,SourceId\n";
    private const string Arrests = "Id,PlaceId,Date,Outcome,CountText,ClaimantId,SourceId,SourceLocator,Grade,PartOf,Breakdown,PartsComplete,ClaimGroup,Additive";

    [Fact]
    public async Task Every_code_has_an_example_and_each_says_where_what_and_how_to_mend_it()
    {
        List<RowProblem> problems = [.. Files(), .. Cells(), .. await OfTheStore(), .. await OfClaims(), .. await OfReplacing(), .. await OfOwners(), OfTheEngine()];

        Assert.Empty(RowErrorCodes.Meanings.Select(meaning => meaning.Code).Except(problems.Select(problem => problem.Code)));
        Assert.All(problems, problem =>
        {
            Assert.Matches(Sentence(), problem.Message);
            Assert.Matches(Remedy(), problem.Message);
            Assert.DoesNotMatch(Jargon(), problem.Message);
            Assert.True(problem.Column is null || problem.Value is not null || problem.Message.Contains(problem.Column), problem.ToString());
        });
    }

    [Theory]
    [InlineData("", "The file is empty", null)]
    [InlineData(" \n", "The file is empty", null)]
    [InlineData("[{\"Id\":\"a\"},]", "character 13 of the line this is no JSON any more: a comma stands before the closing bracket", "]")]
    [InlineData("[{\"Id\":\"a\",}]", "character 12 of the line this is no JSON any more: a comma stands before the closing bracket", "}]")]
    [InlineData("[{\"Id\":\"a\"}", "it ends before a quote, a brace or a bracket is closed", null)]
    [InlineData("[{\"Id\":\"a", "it ends before a quote, a brace or a bracket is closed", null)]
    [InlineData("[{'Id':\"a\"}]", "stand in straight double quotes", "'Id':\"a\"}]")]
    [InlineData("[{\"Name\":\"العراق\",\"Id\":nope}]", "At character 25 of the line", "ope}]")]
    [InlineData("[{\"Latitude\":01}]", "numbers are written as 12 or 0.5", "1}]")]
    [InlineData("[{\"Name\":\"a\nb\"}]", "a line break or another control character stands within a text", null)]
    [InlineData("[{\"Name\":\"C:\\x\"}]", "a backslash stands alone", "x\"}]")]
    [InlineData("[{\"Id\":\"a\" \"Name\":\"A\"}]", "a comma, a colon or a quote is missing", "\"Name\":\"A\"}]")]
    [InlineData("[{\"Id\":\"a\"}\n{\"Id\":\"b\"}]", "a comma, a colon or a quote is missing", "{\"Id\":\"b\"}]")]
    [InlineData("[{\"Id\":\"a\"}]\n[{\"Id\":\"b\"}]", "something follows the last bracket", "[{\"Id\":\"b\"}]")]
    public void Json_that_cannot_be_read_is_told_of_in_plain_words(string text, string words, string? value)
    {
        var problem = Reading.Json(text, "Places").Problem;

        Assert.Contains(words, problem.Message);
        Assert.Equal(value, problem.Value);
        Assert.Matches(Sentence(), problem.Message);
        Assert.DoesNotMatch(Jargon(), problem.Message);
    }

    [Fact]
    public void Json_that_is_too_deep_is_told_of_in_plain_words() =>
        Assert.Contains("brackets stand within brackets too often", Reading.NdJson($"{{\"Id\":{new string('[', 100)}{new string(']', 100)}}}").Problem.Message);

    private static RowProblem OfTheEngine() => new("Zones", 0, 0, null, RowErrorCodes.EngineFull, new EngineRoom(850_000_000, 900_000_000).Refusal(90_000_000)!, null);

    private static IEnumerable<RowProblem> Files() =>
    [
        .. Reading.Csv("").Problems,
        .. Reading.Csv(string.Join(',', Enumerable.Range(0, 501)) + "\n").Problems,
        .. Reading.Csv(new string('a', 300) + "\n").Problems,
        .. Reading.Json("").Problems,
        .. Reading.NdJson("\n").Problems,
        .. Reading.Of(RowFormat.Csv, Encoding.Unicode.GetBytes(Zones)).Problems,
        .. Reading.Of(RowFormat.Csv, Encoding.Latin1.GetBytes(Zones + "a,Zürich,hot,brief\n")).Problems,
        .. Reading.Of(RowFormat.Csv, [.. "PK"u8, 3, 4, 0xFF]).Problems,
        .. Reading.Of(RowFormat.Csv, [.. "PAR1"u8, 0xFF]).Problems,
        .. Reading.Of(RowFormat.Csv, [0x1F, 0x8B, 8]).Problems,
        .. Reading.Csv("Id,PlacId,Name,name\n").Problems,
        .. Reading.Csv(Zones.Replace("SourceId", "SourceId,Qzw,") + "\n").Problems,
        .. Reading.Csv("Id,PlacePath\n", "Arrests").Problems,
        .. Reading.Csv(Zones + "a,b\nb,B,hot,brief,x\nc,\"C\" c,hot,brief\nd,D d\"d\",hot,brief\ne,\"E,hot,brief\n").Problems,
        .. Reading.Csv(Zones + $"a,{new string('a', 70_000)},hot,brief\n").Problems,
        .. Reading.Json("{}").Problems,
        .. Reading.NdJson("17\n{\"Id\":{}}\n{\"Id\":1,\"id\":1}\n{\"Id\":\"\\ud800\"}\nnope\n").Problems,
        .. Reading.NdJson($"{{\"Id\":\"{new string('a', 70_000)}\"}}\n{{{string.Join(',', Enumerable.Range(0, 501).Select(n => $"\"Id{n}\":1"))}}}").Problems,
        .. Staged(PayloadLimits.Body with { Rows = 1 }, "Zones", Zones + "a,A,hot,brief\nb,B,hot,brief\n"),
        .. Staged(PayloadLimits.File(1), "Zones", Zones + "a,A,hot,brief\nb,B,hot,brief\n"),
    ];

    private static IEnumerable<RowProblem> Cells() =>
    [
        .. Staged(PayloadLimits.Body, "Zones", $"Id,Name,Kind,SourceId,Description,Action\n-,=1+1,hat,brief,{new string('a', 4001)},keep\na,a\ab,hot,,,\na,A,hot,brief,,\n"),
        .. Staged(PayloadLimits.Body, "Places", "Id,Name,Kind,PlacePrecision,CountryCode,AdminLevel,Latitude,Longitude\na,A,city,1,S,one,x,-200\nb,B,city,1,1!,1,99,0\n"),
        .. Staged(PayloadLimits.Body, "Arrests", $"{Arrests},StartDate,Release,ModifiedAt,Low,Best,High,Qualifier\n"
            + "a,hasaka,2022-13,arrested,lots,sdf,brief,p. 1,weak,,,,,perhaps,20-1-1,,,,,,\n"
            + "b,hasaka,../2022,arrested,,sdf,brief,p. 1,weak,,,,,,,,,,,,\n"
            + "c,hasaka,2022,arrested,,sdf,brief,p. 1,weak,,,,,,2022-02-01,,,5,4,3,\n"
            + "d,hasaka,2022,arrested,60,sdf,brief,p. 1,weak,,,,,,,,,5,,,\n"
            + "e,hasaka,2022,arrested,60,sdf,brief,p. 1,weak,,,,,,,,,,,,about\n"
            + "f,hasaka,2022,arrested,,sdf,brief,p. 1,weak,,,,,,,,5,,,exactly\n"),
        .. RowCheck.Check(new IncomingRow { Dataset = Catalog.Get("Zones"), Row = 1, Line = 2, Cells = [.. Catalog.Get("Zones").Columns.Select(column => column.Name == "Name" ? "\ud800" : null)], Present = ulong.MaxValue }).Problems,
        OfAnInstant(),
    ];

    /// <summary>The only instants are of system columns, which are compared as they are sent.</summary>
    private static RowProblem OfAnInstant()
    {
        new RowCheckCell(Catalog.Get("Zones")["ModifiedAt"]).Read("yesterday", out var problem);
        return new("Zones", 1, 2, "ModifiedAt", problem!.Value.Code, problem.Value.Message, "yesterday");
    }

    private static async Task<IEnumerable<RowProblem>> OfTheStore()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Zones", Zones + "gone,Gone,hot,brief\n");
        await book.Commit("Zones", "Id,Action\ngone,retract\n");
        return
        [
            .. (await book.Check("Zones", "Id,Action\ngone,retract\nnever,retract\n")).Errors.Kept,
            .. (await book.Check("Zones", Zones + "badia,Badia,hot,breif\nx,X,hot,nobody\n")).Errors.Kept,
            .. (await book.Check([("Sources", "Id,Title,Kind\nbriefs,Briefs,report\n"), ("Zones", Zones + "x,X,hot,brief5\n")])).Errors.Kept,
            .. (await book.Check([("Sources", "Id,Action\nbrief,retract\n"), ("Zones", Zones + "x,X,hot,brief\n")])).Errors.Kept,
            .. (await book.Check("Sources", "Id,Title,Kind,Release,ModifiedAt\nbrief,B,report,7,2020-01-01T00:00:00Z\nnew,N,report,7,\n")).Errors.Kept,
            .. (await book.Check("Places", "Id,Name,Kind,PlacePrecision\nhasaka,al-Hasaka,city,1\n")).Errors.Kept,
            .. (await book.Check("Zones", Zones + "gone,G,hot,brief\n", @base: 1)).Errors.Kept,
            .. (await book.Check("Places", Places + "sy,Syria,country,hasaka,SY,6\n")).Errors.Kept,
            .. (await book.Check("Actors", "Id,Name,Kind,ParentId\nsdf,SDF,armedGroup,is\nis,IS,armedGroup,sdf\n")).Errors.Kept,
        ];
    }

    private static async Task<IEnumerable<RowProblem>> OfClaims()
    {
        await using var book = await Book.WithReferences();
        return
        [
            .. await Claims("w,100,,,true,,\n" + "p,60,w,,,,\n"),
            .. await Claims("w,10,,,,,\n" + "p,60,w,,,,\n"),
            .. await Claims("a,1,b,,,,\n" + "b,1,a,,,,\n"),
            .. await Claims(string.Concat(Enumerable.Range(0, 67).Select(n => $"a{n},1,{(n == 0 ? "" : $"a{n - 1}")},,,,false\n"))),
            .. await Claims("w,2,,,,,true\n" + "p,1,w,,,,true\n"),
            .. await Claims("w,2,,,,,false\n" + "p,1,w,x,,,true\n" + "q,1,w,y,,,true\n"),
            .. await Claims("a,2,,,,g,true\n" + "b,1,,,,g,true\n"),
            .. await Claims("a,2,,,,g,false\n"),
            .. await Claims("a,2,,,,,\n" + "b,2,,,,,\n"),
            .. await Claims("a,2,,,,,true\n", "discounted"),
        ];

        async Task<IEnumerable<RowProblem>> Claims(string rows, string grade = "weak")
        {
            var lines = rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))
                .Select(cell => $"{cell[0]},hasaka,2022-02,arrested,{cell[1]},sdf,brief,p. 1,{grade},{string.Join(',', cell[2..])}\n");
            var changes = await book.Check("Arrests", $"{Arrests}\n{string.Concat(lines)}");
            return [.. changes.Errors.Kept, .. changes.Warnings.Kept];
        }
    }

    private static async Task<IEnumerable<RowProblem>> OfReplacing()
    {
        await using var book = await Book.WithReferences();
        await book.Commit("Zones", Zones + "a,A,hot,brief\nb,B,hot,brief\n");
        var emptied = ("Zones", Zones);
        return
        [
            .. (await book.Check(book.Replace with { Base = 1 }, emptied)).Errors.Kept,
            .. (await book.Check(book.Replace, emptied)).Errors.Kept,
            .. (await book.Check(book.Replace with { MaxRetractions = 1 }, emptied)).Errors.Kept,
        ];
    }

    private static async Task<IEnumerable<RowProblem>> OfOwners()
    {
        await using var book = await Book.WithReferences();
        var other = Book.Request with { Owner = "other" };
        const string Change = Zones + "badia,Al-Badia,hot,brief\n";
        return
        [
            .. (await book.Check(other, ("Zones", Change))).Errors.Kept,
            .. (await book.Check(other with { Limits = PayloadLimits.File(1) }, ("Zones", Change))).Errors.Kept,
            .. (await book.Check(other with { Scopes = ConflictData.Access.Scopes.Curate }, ("Zones", Change))).Warnings.Kept,
        ];
    }

    private static IReadOnlyList<RowProblem> Staged(PayloadLimits limits, string dataset, string csv) =>
        SubmissionStaging.Of([new(Catalog.Get(dataset), RowFormat.Csv, Encoding.UTF8.GetBytes(csv))], limits, new RowProgress()).Errors.Kept;

    /// <summary>Ends with a full stop, or with what was probably meant.</summary>
    [GeneratedRegex(@"^\S[\s\S]*(\.|: did you mean \S+\?)$")]
    private static partial Regex Sentence();

    /// <summary>Somewhere says what to do, or what it must be.</summary>
    [GeneratedRegex(@"\bmust\b|did you mean|([.;:] |, |\bor |\band |^)(leave|send|write|correct|add|put|close|shorten|remove|save|set|let|make|name|mend|split|give|say|retract|read|take|raise|keep|it needs)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Remedy();

    /// <summary>What only the code, or a library, could mean.</summary>
    [GeneratedRegex(@"reader options|isFinalBlock|component|token|payload depth|\[A-Z|LineNumber|\bnull\b(?!\.| where)", RegexOptions.IgnoreCase)]
    private static partial Regex Jargon();
}
