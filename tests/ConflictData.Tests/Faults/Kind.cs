namespace ConflictData.Tests.Faults;

/// <summary>What a submission of a trial does with the two records that it finds.</summary>
public enum Kind
{
    /// <summary>Changes one and adds another.</summary>
    Upsert,

    /// <summary>Retracts one.</summary>
    Retract,

    /// <summary>Is the whole of what its owner has: changes one and retracts the other.</summary>
    Replace,

    /// <summary>Says what is stored.</summary>
    Unchanged,

    /// <summary>Has an error.</summary>
    Refused,
}
