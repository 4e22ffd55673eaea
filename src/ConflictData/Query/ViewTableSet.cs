using System.Globalization;
using ConflictData.Api;

namespace ConflictData.Query;

/// <summary>The tables of one kind that are true at one effective point. Their number makes their names their own.</summary>
internal sealed class ViewTableSet(ViewTableKind kind, AsOf effective, int number)
{
    public ViewTableKind Kind => kind;

    public int Number => number;

    /// <summary>Ends with null when they are there; else with why they could not be made.</summary>
    public Task<ApiError?> Made { get; set; } = Task.FromResult<ApiError?>(null);

    /// <summary>How many rows they have; while they are being made, about how many they will have.</summary>
    public long Rows { get; set; }

    /// <summary>How many queries name them that are under way.</summary>
    public int Users { get; set; }

    public bool IsIdle => Users == 0 && Made.IsCompleted;

    public IEnumerable<string> Create() => kind.Tables.Select(item => $"CREATE TABLE {NameOf(item.Table)} AS {item.Rows(effective.Release.ToString(CultureInfo.InvariantCulture))}");

    public IEnumerable<string> Drop() => kind.Tables.Select(item => $"DROP TABLE IF EXISTS {NameOf(item.Table)}");

    public bool Is(ViewTableKind otherKind, AsOf otherPoint) => kind == otherKind && effective == otherPoint;

    private string NameOf(string table) => ViewTableKind.TableName(table, number.ToString(CultureInfo.InvariantCulture));
}
