namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function learns about the run that it is in.</summary>
public class TimerInfo
{
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True: the run makes up for a missed one. Never so in the local host.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>Where a timer stands in its schedule, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The run before this one; default = none since start.</summary>
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
