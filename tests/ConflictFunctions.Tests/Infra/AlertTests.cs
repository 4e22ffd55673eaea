using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConflictData;
using ConflictFunctions.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace ConflictFunctions.Tests.Infra;

/// <summary>The alerts ask for what the app logs: their conditions are held against lines that its own methods write.</summary>
public sealed partial class AlertTests
{
    [Theory]
    [InlineData("release-age", "NewestRelease")]
    [InlineData("failed-timers", "HousekeepingFailed", "InboxFileFailed", "InboxFilePutOff")]
    [InlineData("silent-timers", "NewestRelease", "NoRelease")]
    [InlineData("rejected-files", "InboxFileDone to rejected", "InboxFileRefused")]
    [InlineData("engine-filling", "EngineFilling")]
    [InlineData("start-delayed", "StartDelayed")]
    [InlineData("damaged-checkpoint", "CheckpointRefused")]
    [InlineData("server-errors")]
    public async Task A_rule_finds_the_lines_that_it_is_for_and_no_other(string rule, params string[] lines) =>
        Assert.Equal(lines.Order(StringComparer.Ordinal), Found(await Query(rule), Written()));

    [Fact]
    public async Task A_line_that_is_worded_anew_is_no_longer_found()
    {
        var changed = Written().Select(line => (line.Method, line.Message.Replace("lies in rejected", "was moved to rejected", StringComparison.Ordinal)));

        Assert.Empty(Found(await Query("rejected-files"), changed));
    }

    [Fact]
    public async Task The_age_is_read_out_of_the_line()
    {
        var parse = Parse().Match(await Query("release-age"));
        var line = Written().Single(line => line.Method == "NewestRelease").Message;

        var pattern = string.Concat(Piece().Matches(parse.Groups["pattern"].Value)
            .Select(piece => piece.Groups["words"].Success ? Regex.Escape(piece.Groups["words"].Value) : $"(?<{piece.Groups["name"].Value}>[0-9]+)"));

        Assert.Equal("77", Regex.Match(line, $"^{pattern}$").Groups["Hours"].Value);
    }

    [Fact]
    public async Task Failing_timers_are_asked_for_by_the_names_of_all_timers()
    {
        var timers = typeof(Housekeeping).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Equal(timers, Text().Matches(Names().Match(await Query("failed-timers")).Value).Select(match => match.Groups["text"].Value).Order(StringComparer.Ordinal));

        // Their lines reach the log, and none of them is sampled away.
        var logging = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "..", "host.json"), TestContext.Current.CancellationToken))!["logging"]!;
        Assert.All(timers, timer => Assert.Equal("Information", logging["logLevel"]![$"Function.{timer}"]!.GetValue<string>()));
        Assert.Equal("Trace;Exception", logging["applicationInsights"]!["samplingSettings"]!["excludedTypes"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_rule_is_on_the_page_says_what_to_do_and_measures_what_it_finds()
    {
        var rules = (await Rules()).ToList();
        Assert.Equal(InfraPage.Names("README.md", "## What watches it"), rules.Select(rule => rule["name"]!.GetValue<string>()));
        foreach (var rule in rules)
        {
            Assert.Matches("Found = ", rule["query"]!.GetValue<string>());
            Assert.InRange(rule["description"]!.GetValue<string>().Length, 40, 400);
        }
    }

    private static async Task<IEnumerable<JsonNode>> Rules() => (await Bicep.Compiled()).Module("alerts").Root["variables"]!["rules"]!.AsArray()!;

    private static async Task<string> Query(string rule) => (await Rules()).Single(one => one["name"]!.GetValue<string>() == rule)["query"]!.GetValue<string>();

    /// <summary>Methods whose lines meet a condition of the query on messages: alternatives, each of words that the line must begin with or hold.</summary>
    private static IEnumerable<string> Found(string query, IEnumerable<(string Method, string Message)> lines)
    {
        var alternatives = Conditions().Matches(query).SelectMany(where => where.Groups["condition"].Value.Split(" or "))
            .Select(alternative => Condition().Matches(alternative).Select(match => (Begins: match.Groups["how"].Value == "startswith", Words: match.Groups["words"].Value)).ToList())
            .ToList();
        return lines
            .Where(line => alternatives.Any(conditions => conditions.All(condition =>
                condition.Begins ? line.Message.StartsWith(condition.Words, StringComparison.Ordinal) : line.Message.Contains(condition.Words, StringComparison.Ordinal))))
            .Select(line => line.Method)
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A line of every method that the app logs by; of the one for files that are done, one for each container.</summary>
    private static IEnumerable<(string Method, string Message)> Written()
    {
        var methods = typeof(Settings).Assembly.GetType("ConflictData.Api.Log")!
            .GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null);
        foreach (var method in methods)
        {
            foreach (var container in method.GetParameters().Any(parameter => parameter.Name == "container") ? ["archive", "rejected"] : new[] { "" })
            {
                var log = new LastLine();
                method.Invoke(null, [.. method.GetParameters().Select(parameter => Argument(parameter, log, container))]);
                yield return (container.Length > 0 ? $"{method.Name} to {container}" : method.Name, log.Message);
            }
        }
    }

    private static object Argument(ParameterInfo parameter, ILogger log, string container) =>
        parameter.Name == "container" ? container
        : parameter.ParameterType == typeof(ILogger) ? log
        : parameter.ParameterType == typeof(Exception) ? new JsonException("Something broke.")
        : parameter.ParameterType == typeof(string) ? "a text"
        : Convert.ChangeType(77, parameter.ParameterType, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class LastLine : ILogger
    {
        public string Message { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Message = formatter(state, exception);
    }

    [GeneratedRegex(@"traces \| where (?<condition>[^|)]*)")]
    private static partial Regex Conditions();

    [GeneratedRegex("message (?<how>startswith|has) \"(?<words>[^\"]*)\"")]
    private static partial Regex Condition();

    [GeneratedRegex(@"name in \([^)]*\)")]
    private static partial Regex Names();

    [GeneratedRegex("\"(?<text>[^\"]*)\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"parse message with (?<pattern>[^|]*) \|")]
    private static partial Regex Parse();

    [GeneratedRegex("\"(?<words>[^\"]*)\"|(?<name>[A-Z][a-z]+):long")]
    private static partial Regex Piece();
}
