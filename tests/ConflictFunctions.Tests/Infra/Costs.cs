using System.Globalization;
using System.Reflection;
using ConflictData;
using ConflictFunctions.Timers;
using Cronos;
using Microsoft.Azure.Functions.Worker;

namespace ConflictFunctions.Tests.Infra;

/// <summary>What a month costs, worked out from the page's own tables of prices, sizes and calls, and from the timers of the app.</summary>
internal sealed class Costs
{
    private const string Page = "README.md";
    private const decimal HoursOfAMonth = 730;
    private const decimal SecondsOfAMonth = HoursOfAMonth * 3600;
    private const decimal Gigabytes = 2;
    private const decimal LooksAMinute = 30;

    private readonly Dictionary<string, decimal> prices = InfraPage.Table(Page, "### Prices").ToDictionary(cells => cells[0], cells => Number(cells[1]));
    private readonly Dictionary<string, decimal> size;
    private readonly Dictionary<string, decimal[]> calls =
        InfraPage.Table(Page, "### Calls of storage").ToDictionary(cells => cells[0], cells => cells.Skip(1).Select(Number).ToArray());

    /// <param name="column">Which of the sizes.</param>
    private Costs(int column) => size = InfraPage.Table(Page, "### Sizes").ToDictionary(cells => cells[0], cells => Number(cells[column]));

    /// <summary>The rows of the page's table: what, and what it costs in each size.</summary>
    public static IEnumerable<string[]> Rows()
    {
        var sizes = Enumerable.Range(1, 3).Select(column => new Costs(column).Lines().ToList()).ToList();
        return sizes[0].Select((line, row) => new[] { line.What }.Concat(sizes.Select(lines => lines[row].Dollars.ToString("0.00", CultureInfo.InvariantCulture))).ToArray())
            .Append(["together", .. sizes.Select(lines => Math.Ceiling(lines.Sum(line => line.Dollars)).ToString(CultureInfo.InvariantCulture))]);
    }

    private IEnumerable<(string What, decimal Dollars)> Lines() =>
    [
        ("timers", Beyond(Runs().Values.Sum() * Gigabytes, prices["free on demand, GB-seconds"]) * prices["on demand, GB-second"]),
        ("calls, a second each", Http()),
        ("instances kept ready", size["instances kept ready"] * SecondsOfAMonth * Gigabytes * prices["kept ready, GB-second"]),
        ("calls of storage", Storage()),
        ("tables and blobs kept", Kept()),
        ("sent", Beyond(size["gigabytes sent"], prices["free sent, GB"]) * prices["sent, GB"]),
        ("logs", Beyond(size["gigabytes of logs"], prices["free logs, GB"]) * prices["logs, GB"]),
        ("alerts", prices["alert rule"] * AlertRules()),
    ];

    private decimal Calls => (size["refreshes"] * size["calls of a refresh"]) + size["other calls"];

    private decimal Http() => size["instances kept ready"] > 0
        ? Calls * ((Gigabytes * prices["kept ready and busy, GB-second"]) + (prices["executions, million"] / 1_000_000))
        : Calls * Gigabytes * prices["on demand, GB-second"];

    /// <summary>Each call of a refresh finds what the last look found, for two seconds; another call looks itself. A submission is published, and none is seen as published already; it is followed by a look at whom to tell.</summary>
    private decimal Storage()
    {
        var runs = Runs();
        (string What, decimal Times)[] done =
        [
            .. runs.Select(timer => ($"a round of {timer.Key} with nothing to do", timer.Value)),
            ("a submission of 1,000 rows", size["submissions of 1,000 rows"]),
            ("a round of SendNotices with nothing to do", size["submissions of 1,000 rows"]),
            ("publishing a release", size["submissions of 1,000 rows"]),
            ("a page, the first after two seconds, with a key not seen for half a minute",
                (size["refreshes"] * size["minutes of a refresh"] * LooksAMinute) + size["other calls"]),
        ];
        return done.Sum(one => one.Times * Dollars(calls[one.What])) + (runs.Values.Sum() * Dollars(calls["the Functions host, for each run of a timer"]));
    }

    private decimal Dollars(decimal[] counts) =>
        ((counts[0] * prices["table calls, 10,000"]) + (counts[1] * prices["blobs written, 10,000"]) + (counts[2] * prices["blobs read, 10,000"])) / 10_000;

    /// <summary>Files are kept of the newest releases and of those with a tag; what is deleted lies in storage for half a month more.</summary>
    private decimal Kept()
    {
        var releases = new Settings().KeptSnapshots + size["releases with a tag"] + (size["submissions of 1,000 rows"] / 2);
        return (size["gigabytes of tables"] * prices["tables kept, GB"]) + (releases * size["gigabytes of a release's files"] * prices["blobs kept, GB"]);
    }

    /// <summary>How often each timer runs in a month, by its schedule.</summary>
    private static Dictionary<string, decimal> Runs()
    {
        var from = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return typeof(Housekeeping).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => (method, parameter.GetCustomAttribute<TimerTriggerAttribute>())))
            .Where(pair => pair.Item2 is not null)
            .ToDictionary(
                pair => pair.method.GetCustomAttribute<FunctionAttribute>()!.Name,
                pair => (decimal)CronExpression.Parse(pair.Item2!.Schedule, CronFormat.IncludeSeconds).GetOccurrences(from, from.AddHours((double)HoursOfAMonth)).Count());
    }

    private static int AlertRules() => File.ReadAllText(Path.Combine(Bicep.Folder, "modules", "alerts.bicep")).Split("    isOn: ").Length - 1;

    private static decimal Beyond(decimal used, decimal free) => Math.Max(0, used - free);

    private static decimal Number(string cell) => decimal.Parse(cell, NumberStyles.Number, CultureInfo.InvariantCulture);
}
