using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace ConflictData.Api;

/// <summary>An expected failure, on its way to the caller.</summary>
/// <param name="Code">Which kind.</param>
/// <param name="Detail">What happened this time and what to do about it. Never holds a key or a token: what a caller sent is quoted without.</param>
public sealed record ApiError(ErrorCode Code, string Detail)
{
    /// <inheritdoc cref="ApiError"/>
    public string Detail { get; init => field = SecretText.Blank(value); } = SecretText.Blank(Detail);

    /// <summary>The query option, header, column or path segment that it is about.</summary>
    public string? Target { get; init => field = value is null ? null : SecretText.Blank(value); }

    /// <summary>Seconds after which a new try makes sense.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Where to go instead.</summary>
    public string? Location { get; init; }

    /// <summary>How the caller may say who they are, for WWW-Authenticate.</summary>
    public StringValues Challenges { get; init; }

    /// <summary>As a problem of RFC 9457, UTF-8 JSON.</summary>
    internal ReadOnlyMemory<byte> Problem() => JsonObjectText.Write(json =>
    {
        json.WriteString("type", $"urn:conflictfunctions:error:{Code.Name}");
        json.WriteString("title", Code.Title);
        json.WriteNumber("status", Code.Status);
        json.WriteString("code", Code.Name);
        json.WriteString("detail", Detail);
        WriteTarget(json);
    });

    internal void WriteTarget(Utf8JsonWriter json)
    {
        if (Target is { } target)
        {
            json.WriteString("target", target);
        }
    }
}

/// <summary>A value, or the reason why there is none.</summary>
public readonly record struct Result<T>
{
    private Result(T? value, ApiError? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public ApiError? Error { get; }

    /// <summary>True with the value, false with the error.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ApiError? error)
    {
        (value, error) = (Value, Error);
        return error is null;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(ApiError error) => new(default, error);
}
