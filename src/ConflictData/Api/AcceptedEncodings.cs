using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConflictData.Api;

/// <summary>How welcome encodings are to a client, by the q values of its Accept-Encoding.</summary>
internal readonly record struct AcceptedEncodings(IList<StringWithQualityHeaderValue> Named)
{
    /// <summary>Those of a request; of one without a readable header, none.</summary>
    public static AcceptedEncodings Of(HttpRequest request) =>
        new(StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var named) ? named : []);

    /// <summary>True where the encoding is welcome, and no less than the answer as it is.</summary>
    public bool Takes(string encoding) =>
        QualityOf(encoding) is > 0 and var quality && (Find("identity") is not { } asItIs || quality >= (asItIs.Quality ?? 1));

    /// <summary>From 0, unwelcome, to 1. An encoding that is not named has the quality of the wildcard.</summary>
    public double QualityOf(string encoding) => (Find(encoding) ?? Find("*")) is { } found ? found.Quality ?? 1 : 0;

    private StringWithQualityHeaderValue? Find(string encoding) =>
        Named.FirstOrDefault(item => item.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));
}
