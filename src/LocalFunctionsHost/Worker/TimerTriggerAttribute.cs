namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter of a function that runs by the clock.</summary>
/// <param name="schedule">NCRONTAB expression of six fields in UTC, or %Setting% that holds one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;

    /// <summary>True: Azure makes up for one run that was missed while the app was down. The local host keeps no record of runs.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>True: runs once at start as well.</summary>
    public bool RunOnStartup { get; set; }
}
