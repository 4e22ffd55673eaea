using System.IO.Pipelines;

namespace ConflictData.OData;

/// <summary>What is to be sent, when all that can be expected to fail is done.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null where there is no body.</param>
/// <param name="Body">Writes the body; null where there is none.</param>
internal sealed record Answer(int Status, string? ContentType, Func<PipeWriter, CancellationToken, Task>? Body) : IDisposable
{
    /// <summary>Rows that the body is written from, given back once it is.</summary>
    public IDisposable? Holds { get; init; }

    /// <summary>Bytes of the body, where that is known.</summary>
    public long? Length { get; init; }

    /// <summary>Rows in the body; null where there are none, or nobody knows how many.</summary>
    public int? Rows { get; init; }

    /// <summary>Headers that only this answer has.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static Answer Empty(int status) => new(status, null, null);

    public static Answer Bytes(string contentType, ReadOnlyMemory<byte> bytes) =>
        new(200, contentType, (output, cancellation) => output.WriteAsync(bytes, cancellation).AsTask()) { Length = bytes.Length };

    public void Dispose() => Holds?.Dispose();
}
