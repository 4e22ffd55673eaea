using System.Globalization;

namespace ConflictData.OData;

/// <summary>Values as OData writes them outside JSON's own types.</summary>
internal static class ValueText
{
    public static string Of(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        double.PositiveInfinity => "INF",
        double.NegativeInfinity => "-INF",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
