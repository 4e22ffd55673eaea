using System.IO.Compression;
using System.Text;
using ConflictFunctions.Tests.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace ConflictFunctions.Tests.Running;

/// <summary>
/// Stands in every client of a running app: takes note of the secrets that are sent, and fails where an answer repeats one, in its
/// headers, its links or its errors. The answer that makes a key is the one that shows it.
/// </summary>
internal sealed class SecretWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Keys = ["x-api-key", "x-functions-key"];

    public SecretWatch()
        : this(new SocketsHttpHandler())
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Note(request);
        var makesKey = request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.Contains("/api/keys", StringComparison.Ordinal);
        var isOfLengths = request.Headers.AcceptEncoding.Count > 0;
        var answer = await base.SendAsync(request, cancellationToken);
        var isError = (int)answer.StatusCode >= 400;
        foreach (var header in answer.Headers.Concat(answer.Content.Headers))
        {
            Refuse(string.Join(", ", header.Value), tokensToo: false);
        }

        // To read an answer here would give it a length that the server did not name.
        if (isError || (!makesKey && !isOfLengths && answer.Content.Headers.ContentType?.MediaType == "application/json"))
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            Refuse(await Text(answer.Content, cancellationToken), tokensToo: isError);
        }

        return answer;
    }

    private static void Note(HttpRequestMessage request)
    {
        foreach (var name in Keys)
        {
            NoteAll(request.Headers.TryGetValues(name, out var values) ? values : [], isToken: false);
        }

        if (request.Headers.Authorization is { Parameter: { } shown } authorization)
        {
            Secrets.Note(shown);
            var pair = new byte[shown.Length];
            if (authorization.Scheme == "Basic" && Convert.TryFromBase64String(shown, pair, out var length))
            {
                Secrets.Note(Encoding.UTF8.GetString(pair, 0, length).Split(':', 2)[^1]);
            }
        }

        var query = QueryHelpers.ParseQuery(request.RequestUri!.Query);
        NoteAll(query.Where(option => option.Key == "code").SelectMany(option => option.Value), isToken: false);
        NoteAll(query.Where(option => option.Key.TrimStart('$') is "skiptoken" or "deltatoken").SelectMany(option => option.Value), isToken: true);
    }

    private static void NoteAll(IEnumerable<string?> secrets, bool isToken)
    {
        foreach (var secret in secrets)
        {
            Secrets.Note(secret ?? "", isToken);
        }
    }

    private static void Refuse(string text, bool tokensToo) =>
        Assert.False(Secrets.In(text, tokensToo) is { } secret, $"An answer holds a secret: {text[..Math.Min(text.Length, 2000)]}");

    private static async Task<string> Text(HttpContent content, CancellationToken cancellation)
    {
        var bytes = await content.ReadAsByteArrayAsync(cancellation);
        if (!content.Headers.ContentEncoding.Contains("gzip"))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        using var text = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return await text.ReadToEndAsync(cancellation);
    }
}
