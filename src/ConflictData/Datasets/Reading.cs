using System.Diagnostics.CodeAnalysis;

namespace ConflictData.Datasets;

/// <summary>What words were read as, or why they were refused.</summary>
/// <param name="Value">The reading; default where refused.</param>
/// <param name="Refusal">Why, and what would be understood; null where read.</param>
public readonly record struct Reading<T>(T Value, string? Refusal)
    where T : struct
{
    /// <summary>True with the value, false with the reason.</summary>
    public bool Succeeded(out T value, [NotNullWhen(false)] out string? refusal)
    {
        (value, refusal) = (Value, Refusal);
        return refusal is null;
    }

    public static implicit operator Reading<T>(T value) => new(value, null);

    public static Reading<T> Refused(string why) => new(default, why);
}
