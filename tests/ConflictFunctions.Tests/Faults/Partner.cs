using System.Net;

namespace ConflictFunctions.Tests.Faults;

/// <summary>Sends as a careful script does: with one key, again and again, to whoever answers, until it is told how it ended.</summary>
/// <param name="anybody">An instance that serves.</param>
internal sealed class Partner(Func<Task<HttpClient>> anybody)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sends a request until its outcome is final.</summary>
    /// <param name="make">Makes the request anew for each try.</param>
    public async Task<Outcome> Send(Func<HttpRequestMessage> make)
    {
        while (true)
        {
            var outcome = await Try(make);
            if (outcome is { IsFinal: true })
            {
                return outcome;
            }

            if (outcome is { Status: HttpStatusCode.Accepted })
            {
                await ResumeWhatFellSilent();
            }

            if (outcome is { Status: HttpStatusCode.Conflict or HttpStatusCode.Accepted, ComeBack: { } wait })
            {
                // The server asks its clients for it.
                await Task.Delay(wait < LongestWait ? wait : LongestWait, Cancellation);
            }
        }
    }

    /// <summary>What a timer does every minute.</summary>
    private Task ResumeWhatFellSilent() => Try(() => new(HttpMethod.Post, "../admin/functions/ResumeSubmissions"));

    /// <summary>Null where the connection broke, or where there is nothing to read.</summary>
    private async Task<Outcome?> Try(Func<HttpRequestMessage> make)
    {
        try
        {
            var client = await anybody();
            using var request = make();
            using var answer = await client.SendAsync(request, Cancellation);
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
            return answer.Content.Headers.ContentLength == 0 ? null : await Outcome.Read(answer);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException && !Cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
