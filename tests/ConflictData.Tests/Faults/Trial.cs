using ConflictData.Api;
using ConflictData.Submissions;
using ConflictData.Tests.Submissions;

namespace ConflictData.Tests.Faults;

/// <summary>One submission that meets a fault, of records and an owner of its own.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Base">The release at which its records are as it finds them.</param>
internal sealed record Trial(Kind Kind, string Name, int Base)
{
    private const string Header = "Id,Name,Kind\n";

    /// <summary>What its owner has sent before.</summary>
    public static string Before(string name) => $"{Header}{name}-a,Before,armedGroup\n{name}-b,Before,armedGroup\n";

    /// <summary>The status that it must be answered with in the end.</summary>
    public int Status => Kind switch { Kind.Unchanged => 200, Kind.Refused => 422, _ => 201 };

    /// <summary>The records of its release, in order; none where it makes no release.</summary>
    public string[] Ids => Kind switch
    {
        Kind.Upsert => [$"{Name}-a", $"{Name}-c"],
        Kind.Retract => [$"{Name}-b"],
        Kind.Replace => [$"{Name}-a", $"{Name}-b"],
        _ => [],
    };

    /// <summary>The newest release once it is done.</summary>
    public int Release => Base + (Ids.Length > 0 ? 1 : 0);

    /// <summary>Sends it, always with the same key.</summary>
    public Task<Result<SubmissionAnswer>> Send(Instance app) => app.Send("Actors", Payload(), request => request with
    {
        Owner = Name,
        IdempotencyKey = "key",
        Mode = Kind == Kind.Replace ? "replace" : null,
        Base = Kind == Kind.Replace ? Base : null,
        MaxRetractions = Kind == Kind.Replace ? 1 : null,
    });

    /// <summary>True for an answer that is what it came to; each refusal has a report of its own.</summary>
    public bool Says(Result<SubmissionAnswer> answer, SubmissionAnswer settled) =>
        answer.Value?.Status == settled.Status && (Kind == Kind.Refused || answer.Value.Body.Span.SequenceEqual(settled.Body.Span));

    private string Payload() => Kind switch
    {
        Kind.Upsert => $"{Header}{Name}-a,After,armedGroup\n{Name}-c,After,armedGroup\n",
        Kind.Retract => $$"""[{"Id":"{{Name}}-b","Action":"retract"}]""",
        Kind.Replace => $"{Header}{Name}-a,After,armedGroup\n",
        Kind.Refused => $"{Header}{Name}-a,,armedGroup\n",
        _ => Before(Name),
    };
}
