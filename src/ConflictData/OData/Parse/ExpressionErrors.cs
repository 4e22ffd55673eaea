using ConflictData.Api;

namespace ConflictData.OData;

/// <summary>What is wrong with an expression that is sound but too large, or more than this service does.</summary>
internal static class ExpressionErrors
{
    public static ApiError TooManyParts(Settings limits) => new(
        ErrorCode.BadQuery, $"The expressions of one query may have at most {limits.MaxExpressionParts} parts. Ask in several queries, or list values after in.");

    public static ApiError TooDeep(Settings limits) => new(
        ErrorCode.BadQuery, $"An expression may be nested at most {limits.MaxExpressionDepth} deep. Leave out brackets that change nothing.");

    public static ApiError Unsupported(string what) => new(ErrorCode.NotSupported, $"This service does not support {what}.");
}
