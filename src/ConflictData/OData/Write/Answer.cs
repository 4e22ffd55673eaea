using System.IO.Pipelines;

namespace ConflictData.OData;

/// <summary>What is to be sent, when all that can fail is done.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null where there is no body.</param>
/// <param name="Body">Writes the body; null where there is none.</param>
internal sealed record Answer(int Status, string? ContentType, Func<PipeWriter, CancellationToken, Task>? Body) : IDisposable
{
    /// <summary>Rows that the body is written from, given back once it is.</summary>
    public IDisposable? Holds { get; init; }

    public static Answer Empty(int status) => new(status, null, null);

    public static Answer Bytes(string contentType, ReadOnlyMemory<byte> bytes) =>
        new(200, contentType, (output, cancellation) => output.WriteAsync(bytes, cancellation).AsTask());

    public void Dispose() => Holds?.Dispose();
}
