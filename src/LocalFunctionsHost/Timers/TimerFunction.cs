using System.Reflection;
using System.Text.RegularExpressions;
using Cronos;
using LocalFunctionsHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace LocalFunctionsHost.Timers;

/// <summary>A function that the clock runs.</summary>
internal sealed partial class TimerFunction(MethodInfo method, CronExpression schedule, bool runOnStartup) : Function(method, ParameterBindings.For(method, null))
{
    /// <summary>True: runs once at start as well.</summary>
    public bool RunOnStartup => runOnStartup;

    /// <summary>When it runs next after a point in time; null = never again.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset time) => schedule.GetNextOccurrence(time, TimeZoneInfo.Utc);

    public static TimerFunction From(MethodInfo method, TimerTriggerAttribute trigger, IConfiguration configuration)
    {
        if (method.ReturnType != typeof(void) && method.ReturnType != typeof(Task))
        {
            throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} must return Task or nothing.");
        }

        var expression = Setting.Replace(trigger.Schedule, match => configuration[match.Groups["name"].Value]
            ?? throw new StartupException($"The setting {match.Groups["name"].Value} is missing; it holds the schedule of {method.Name}."));
        return new(method, Parse(expression, method.Name), trigger.RunOnStartup);
    }

    private static CronExpression Parse(string expression, string function)
    {
        try
        {
            return CronExpression.Parse(expression, CronFormat.IncludeSeconds);
        }
        catch (CronFormatException wrong)
        {
            throw new StartupException($"The schedule '{expression}' of {function} is no NCRONTAB expression of six fields: {wrong.Message}", wrong);
        }
    }

    [GeneratedRegex("%(?<name>[^%]+)%")]
    private static partial Regex Setting { get; }
}
