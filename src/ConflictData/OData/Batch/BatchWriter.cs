using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ConflictData.OData;

/// <summary>Writes the answers of a batch, one after the other as they come.</summary>
internal abstract class BatchWriter(PipeWriter output)
{
    public abstract string ContentType { get; }

    protected PipeWriter Output { get; } = output;

    public abstract Task Start(CancellationToken cancellation);

    /// <summary>Writes the answer to a request.</summary>
    public abstract Task Write(BatchItem item, HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    public abstract Task End(CancellationToken cancellation);

    public static BatchWriter Of(BatchForm form, PipeWriter output) => form == BatchForm.Json ? new JsonBatch(output) : new MultipartBatch(output);

    private sealed class JsonBatch(PipeWriter output) : BatchWriter(output)
    {
        private readonly Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        public override string ContentType => "application/json";

        public override Task Start(CancellationToken cancellation)
        {
            json.WriteStartObject();
            json.WriteStartArray("responses");
            return Task.CompletedTask;
        }

        public override async Task Write(BatchItem item, HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken cancellation)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            if (item.Group is not null)
            {
                json.WriteString("atomicityGroup", item.Group);
            }
            json.WriteNumber("status", response.StatusCode);
            json.WriteStartObject("headers");
            foreach (var (name, value) in response.Headers.Where(header => header.Key != "Content-Length"))
            {
                json.WriteString(name.ToLowerInvariant(), value.ToString());
            }
            json.WriteEndObject();
            if (body.Length > 0)
            {
                json.WritePropertyName("body");
                WriteBody(response.ContentType ?? "", body.Span);
            }
            json.WriteEndObject();
            json.Flush();
            await Output.FlushAsync(cancellation);
        }

        public override async Task End(CancellationToken cancellation)
        {
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            json.Dispose();
            await Output.FlushAsync(cancellation);
        }

        /// <summary>JSON as it is, text as a string, anything else in base64url.</summary>
        private void WriteBody(string contentType, ReadOnlySpan<byte> body)
        {
            if (contentType.StartsWith("application/json", StringComparison.Ordinal))
            {
                json.WriteRawValue(body, skipInputValidation: true);
            }
            else if (contentType.StartsWith("text/", StringComparison.Ordinal))
            {
                json.WriteStringValue(body);
            }
            else
            {
                json.WriteStringValue(Base64Url.EncodeToString(body));
            }
        }
    }

    private sealed class MultipartBatch(PipeWriter output) : BatchWriter(output)
    {
        private readonly string boundary = $"batchresponse_{Guid.NewGuid():N}";

        public override string ContentType => $"multipart/mixed;boundary={boundary}";

        public override Task Start(CancellationToken cancellation) => Task.CompletedTask;

        public override async Task Write(BatchItem item, HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken cancellation)
        {
            var head = new StringBuilder($"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
            if (item.Id is not null)
            {
                head.Append(CultureInfo.InvariantCulture, $"Content-ID: {item.Id}\r\n");
            }
            head.Append(CultureInfo.InvariantCulture, $"\r\nHTTP/1.1 {response.StatusCode} {ReasonPhrases.GetReasonPhrase(response.StatusCode)}\r\n");
            foreach (var (name, value) in response.Headers.Where(header => header.Key != "Content-Length"))
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
            Output.Write(Encoding.UTF8.GetBytes(head.ToString()));
            Output.Write(body.Span);
            Output.Write("\r\n"u8);
            await Output.FlushAsync(cancellation);
        }

        public override async Task End(CancellationToken cancellation)
        {
            Output.Write(Encoding.UTF8.GetBytes($"--{boundary}--\r\n"));
            await Output.FlushAsync(cancellation);
        }
    }
}
