using ConflictData.Tests.Query;
using static ConflictData.Tests.OData.Values;

namespace ConflictData.Tests.OData.Options;

/// <summary>Strings that break out of badly made SQL or OData, thrown at every option and every part of the path.</summary>
public sealed class InjectionTests : IAsyncLifetime
{
    private static readonly string[] Strings =
    [
        "'; DROP TABLE \"Casualties\"; --", "' OR '1'='1", "\" OR 1=1 --", "x' UNION SELECT * FROM \"Sources\" --", "$1", "$2); --", "?", ":p",
        "\\'; --", "/* */", "1; ATTACH 'x.db'", "'||(SELECT 1)||'", "%27%20or%20true", "a'b", "a''b", "{{7*7}}", "read_csv('/etc/passwd')",
        "\"Casualties\"", "_seq", "_from", "rowid", "Casualties._seq", "Low) or (true", "Low,(select 1)", "Id desc; drop", "*/*", "$it", "$root/Sources",
        "$this", "Low eq 1 or true", "x/any(d:true)", "null)", "))))", "((((", "''", "'", "\"", "`", "\u0000", "a\u0000b", "\ud83d\ude00", "\u202e", "\r\nX: y", "[", "(?<x>", "a{99999}",
        "9".PadLeft(400, '9'), "-", "+", "1e999", "0x", "NaN", "true", "duration'P1D'", "@p", "@", "&", "#", "%", "%%",
        "../../etc", "C:\\", "cast(Low,'Edm.String')", "contains(Note,", "in (", "Low in ('a'", "not", "eq eq eq", "a.b.c/d",
    ];

    private readonly Server server = new();
    private object? tables;

    public static TheoryData<string> Places =>
    [
        "Casualties?$filter={0}", "Casualties?$filter=Note eq {0}", "Casualties?$filter=Note eq '{0}'", "Casualties?$filter=Low eq {0}",
        "Casualties?$filter=contains(Note,'{0}')", "Casualties?$filter=matchesPattern(Note,'{0}')", "Casualties?$filter=Note in ('{0}')", "Casualties?$filter=Low in ({0})",
        "Casualties?$filter=Note eq @p&@p={0}", "Casualties?$orderby={0}", "Casualties?$orderby=concat(Note,'{0}')", "Casualties?$select={0}", "Casualties?$top={0}", "Casualties?$skip={0}",
        "Casualties?$count={0}", "Casualties?$format={0}", "Casualties?$skiptoken={0}", "Casualties?{0}=1", "Casualties?${0}=1", "Casualties?x={0}",
        "Casualties('{0}')", "Casualties({0})", "Casualties/{0}", "Casualties('safe')/{0}", "{0}", "Casualties/$count?$filter={0}",
        "Casualties?$search={0}", "Casualties?$search=\"{0}\"", "Casualties?$compute={0} as x", "Casualties?$compute=Low add 1 as {0}", "Casualties?$compute=concat(Note,'{0}') as x",
        "Casualties?$expand={0}", "Casualties?$expand=Place($filter={0})", "Casualties?$expand=Place($select={0})", "Casualties?$filter=Place/Name eq '{0}'",
        "Places?$filter=Casualties/any(c:c/Note eq '{0}')", "Places?$filter=Casualties/any({0})", "Places?$orderby=Casualties/$count({0})", "Places?$expand=Casualties($search={0};$orderby={0})",
        "Casualties/$filter({0})", "Casualties/$filter(Note eq '{0}')", "Casualties('safe')/Place/{0}", "Places('{0}')/Casualties", "Casualties('{0}')/$ref",
        "Casualties?$apply={0}", "Casualties?$apply=filter({0})", "Casualties?$apply=groupby(({0}))", "Casualties?$apply=groupby((Outcome),aggregate({0}))",
        "Casualties?$apply=aggregate(Low with sum as {0})", "Casualties?$apply=aggregate({0} with max as X)", "Casualties?$apply=compute({0} as X)",
        "Casualties?$apply=concat({0},identity)", "Casualties?$apply=groupby((Outcome),{0})", "Casualties?$apply=search({0})", "Casualties?$apply=search(\"{0}\")/groupby((Outcome))/search(\"{0}\")",
        "Casualties?$apply=groupby((Place/{0}))", "Casualties?$apply=aggregate(Place/{0} with sum as X)", "Casualties?$apply=identity&$search={0}", "Casualties?$apply=identity&$compute={0} as X",
        "Casualties?$apply=compute(Low as {0})", "Casualties?$apply=groupby((Id))/top({0})", "CasualtiesWide?$filter={0}", "MonthlyTotals('{0}')",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Nothing_breaks_out_of_its_place(string place)
    {
        foreach (var text in Strings)
        {
            var reply = await server.Get(place.Replace("{0}", Uri.EscapeDataString(text), StringComparison.Ordinal));

            Assert.True(reply.Status is 200 or 400 or 404 or 406 or 501, $"{place} with {text}: {reply.Status} {reply.Body}");
            Assert.True(reply.Status == 200 || reply.ErrorCode is not null, $"{place} with {text}: {reply.Body}");
            Assert.DoesNotContain("Microsoft.", reply.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", reply.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("_from", reply.Status == 200 ? "" : reply.Body.Replace(text, "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        Assert.Equal(["safe", "other"], (await server.Get("Casualties")).Ids);
        Assert.Equal(tables, await CountTables());
    }

    [Fact]
    public async Task A_literal_is_compared_as_it_is()
    {
        var text = "x'; DROP TABLE \"Casualties\"; -- $1 ?";
        server.Commit(Casualty("literal", ("Note", text)));
        var quoted = Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal));

        Assert.Equal(["literal"], (await server.Get($"Casualties?$filter=Note eq '{quoted}'")).Ids);
        Assert.Equal(["literal"], (await server.Get($"Casualties?$filter=contains(Note,'{quoted}')")).Ids);
        Assert.Equal(["literal"], (await server.Get($"Casualties?$filter=Note in ('a','{quoted}')")).Ids);
    }

    public async ValueTask InitializeAsync()
    {
        server.Commit(Casualty("safe", ("Note", "n")), Casualty("other"));
        tables = await CountTables();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>Those of datasets: what begins with _ the engine makes for itself.</summary>
    private Task<object?> CountTables() => server.Engine.Scalar("SELECT count(*) FROM duckdb_tables() WHERE NOT temporary AND NOT starts_with(table_name, '_')");
}
