using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ConflictFunctions.Tests.Running;

namespace ConflictFunctions.Tests.Fuzz;

/// <summary>
/// Whatever is sent to any function, it is answered: with an error of the closed list in its right shape, soon, and without harm to
/// anybody else. FUZZ_CASES sets how many requests are sent, FUZZ_SEED from which on: what failed is sent again with its number alone.
/// </summary>
public sealed class BadInputTests(FuzzedApp app) : IClassFixture<FuzzedApp>
{
    private const int OrdinaryCases = 2000;
    private const int AtOnce = 4;
    private const int Reported = 20;
    private const int Senders = 70;
    private const int ToldEvery = 2000;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyList<AppFunction> Readers =
        [.. AppFunction.All.Where(function => function.Methods.Contains("post") || function.Methods.Contains("put") || function.Route.Contains('*'))];

    private readonly ConcurrentDictionary<string, int> reached = new();
    private readonly ConcurrentQueue<string> problems = new();

    private static FuzzLength Length => FuzzLength.Of(OrdinaryCases);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_sent_to_any_function_is_answered_and_does_no_harm()
    {
        var (seed, cases, _) = Length;
        await Parallel.ForEachAsync(
            Enumerable.Range(seed, cases).TakeWhile(_ => problems.Count < Reported), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation },
            async (number, _) => await Send(number));

        Assert.True(problems.IsEmpty, string.Join("\n\n", problems));
        await app.AssertWell();
        Assert.True(cases < OrdinaryCases || reached.Count == AppFunction.All.Count, $"Only {string.Join(", ", reached.Keys)} were reached.");
    }

    [Fact]
    public async Task What_is_large_once_it_is_unpacked_is_refused_before_it_fills_the_memory()
    {
        await Parallel.ForEachAsync(
            Bombs.All(Length.IsLong), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation },
            async (bomb, _) =>
            {
                var isSet = bomb.ContentType is "application/zip" || bomb.ContentType.StartsWith("multipart", StringComparison.Ordinal);
                var request = RawRequest.Post(isSet ? "submissions" : "submissions/Casualties", app.Keys[^1], bomb);
                if (await Problem(request) is { } problem)
                {
                    problems.Enqueue($"{problem}\n{request}");
                }
            });

        Assert.True(problems.IsEmpty, string.Join("\n\n", problems));
        await app.AssertWell();
    }

    [Fact]
    public async Task Senders_that_stop_half_way_are_cut_off_and_hold_nobody_up()
    {
        var head = $"POST /api/submissions/Places HTTP/1.1\r\nHost: localhost\r\nx-api-key: {app.Keys[^1]}\r\nContent-Type: text/csv\r\n";
        string[] beginnings = ["", "P", "POST /api/sub", head, $"{head}Content-Length: 1000\r\n\r\nId", $"{head}Transfer-Encoding: chunked\r\n\r\n5\r\nId", $"{head}Content-Length: 52428800\r\n\r\n"];
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var senders = Enumerable.Range(0, Senders).Select(number => RawConnection.Exchange(
            app.Server, new RawRequest(Encoding.Latin1.GetBytes(beginnings[number % beginnings.Length]), ["POST"]), gone.Token)).ToList();

        await app.AssertWell();
        // The server waits for a body for some seconds, for the rest of a header much longer.
        var withBody = senders.Where((_, number) => number % beginnings.Length > 3);
        foreach (var answer in await Task.WhenAll(withBody).WaitAsync(Bound, Cancellation))
        {
            Assert.Null(Verdict.Of(new([], ["POST"]), RawAnswer.ReadAll(answer, ["POST"])));
        }

        await app.AssertWell();
        await gone.CancelAsync();
    }

    /// <summary>Each number is one request: the functions in turns, and those between that read a body or a path of any length.</summary>
    private async Task Send(int number)
    {
        var functions = number % 2 == 0 ? AppFunction.All : Readers;
        var function = functions[number / 2 % functions.Count];
        var request = new RandomRequest(new Random(number), function, app.Keys).Next();
        if (await Problem(request) is { } problem)
        {
            problems.Enqueue(string.Create(CultureInfo.InvariantCulture, $"FUZZ_SEED={number} FUZZ_CASES=1: {problem}\n{request}"));
            Console.Error.WriteLine(problems.Last());
        }
        else if (request.ReachesApp)
        {
            reached[function.Name] = number;
        }

        if (Length.IsLong && number % ToldEvery == 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Bad input: at {number}, {app.PeakMegabytes} MB at most"));
        }
    }

    private async Task<string?> Problem(RawRequest request)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        late.CancelAfter(Bound);
        try
        {
            return Verdict.Of(request, RawAnswer.ReadAll(await RawConnection.Exchange(app.Server, request, late.Token), request.Methods));
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            return $"no answer within {Bound.TotalSeconds} s";
        }
    }
}
