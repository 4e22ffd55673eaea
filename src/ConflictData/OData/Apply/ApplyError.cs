using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>What can be wrong with an $apply.</summary>
internal static class ApplyError
{
    public static ApiError Bad(string detail) => new(ErrorCode.BadQuery, detail) { Target = "$apply" };

    public static ApiError Unsupported(string what) => new(ErrorCode.NotSupported, $"This service does not support {what}.") { Target = "$apply" };
}
