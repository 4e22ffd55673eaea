namespace Benchmarks.Simulation;

/// <summary>What is simulated.</summary>
/// <param name="Writers">Instances that submit small submissions one after the other, as fast as they can.</param>
/// <param name="Latency">Milliseconds of a call of storage on the average; each takes from half to one and a half of it.</param>
/// <param name="IsBare">True: the commits alone, without the rest of a submission, and without turns.</param>
internal sealed record RaceShape(int Writers, double Latency, bool IsBare = false);

/// <summary>What came of it.</summary>
/// <param name="CommitsASecond">Commits of all writers.</param>
/// <param name="Tries">Tries that a commit took, on the average.</param>
/// <param name="Twentieth">Milliseconds that nineteen of twenty submissions took at most.</param>
internal sealed record RaceResult(double CommitsASecond, double Tries, double Twentieth);

/// <summary>
/// Writers that race for release numbers, in simulated time: the steps of a submission of one row, each as long as its calls of storage
/// and its work, in the order of SubmissionCommitter. The partition of the log takes one row each half millisecond; whoever loses five races
/// waits for the turn. The same shape gives the same result on every machine.
/// </summary>
internal sealed class CommitRace
{
    private const int Seed = 20260131;
    private const int Commits = 4000;
    private const double RowOfLog = 0.5, Compare = 4, Apply = 8, TurnPause = 100;
    private const int LossesBeforeTurn = 5;

    /// <summary>Calls before the first look at the log: the reservation, the payload and the state; and after the commit: the report and the state.</summary>
    private const int Before = 6, After = 4;

    /// <summary>Calls of a look that finds new commits: head and tags at once, the commits, their revisions.</summary>
    private const int Catching = 3;

    /// <summary>Calls after a lost race: what stands under the submission, and under the number.</summary>
    private const int Lost = 2;

    private readonly Random random = new(Seed);
    private readonly PriorityQueue<Action, (double, long)> events = new();
    private readonly List<double> lengths = [];
    private readonly RaceShape shape;
    private double now;
    private double logIsFree;
    private long scheduled;
    private long tries;
    private int head;
    private bool turnIsTaken;

    private CommitRace(RaceShape shape) => this.shape = shape;

    public static RaceResult Run(RaceShape shape)
    {
        var race = new CommitRace(shape);
        for (var writer = 0; writer < shape.Writers; writer++)
        {
            race.Begin(new Writer());
        }

        while (race.lengths.Count < Commits)
        {
            race.events.TryDequeue(out var next, out var at);
            race.now = at.Item1;
            next!();
        }

        race.lengths.Sort();
        return new(Commits / race.now * 1000, (double)race.tries / Commits, race.lengths[Commits * 19 / 20]);
    }

    private void Begin(Writer writer)
    {
        (writer.Began, writer.Losses) = (now, 0);
        In(shape.IsBare ? 0 : Calls(Before), () => Try(writer));
    }

    private void Try(Writer writer)
    {
        if (shape.IsBare || writer.Losses < LossesBeforeTurn || writer.HasTurn)
        {
            Look(writer);
        }
        else if (turnIsTaken)
        {
            In(TurnPause, () => Try(writer));
        }
        else
        {
            turnIsTaken = writer.HasTurn = true;
            In(Calls(1), () => Look(writer));
        }
    }

    /// <summary>Reads the head; catches up where others have committed; compares; and sends the commit, which counts when the log takes it.</summary>
    private void Look(Writer writer) => AtLog(1, () =>
    {
        var seen = head;
        var work = shape.IsBare ? 0 : Compare + (seen == writer.Known ? 0 : Calls(Catching) + Apply);
        writer.Known = seen;
        In(Calls(0.5) + work, () => AtLog(2, () => Take(writer)));
    });

    private void Take(Writer writer)
    {
        tries++;
        if (head == writer.Known)
        {
            writer.Known = ++head;
            Pass(writer);
            In(Calls(shape.IsBare ? 0.5 : 0.5 + After), () => End(writer));
        }
        else
        {
            writer.Losses++;
            In(Calls(0.5 + Lost), () => Try(writer));
        }
    }

    private void End(Writer writer)
    {
        lengths.Add(now - writer.Began);
        Begin(writer);
    }

    private void Pass(Writer writer)
    {
        turnIsTaken &= !writer.HasTurn;
        writer.HasTurn = false;
    }

    /// <summary>After half a call's way, when the partition has taken so many rows.</summary>
    private void AtLog(int rows, Action act) => In(Calls(0.5), () =>
    {
        logIsFree = Math.Max(now, logIsFree) + (rows * RowOfLog);
        At(logIsFree, act);
    });

    private double Calls(double count) => count * shape.Latency * (0.5 + random.NextDouble());

    private void In(double milliseconds, Action act) => At(now + milliseconds, act);

    private void At(double time, Action act) => events.Enqueue(act, (time, scheduled++));

    private sealed class Writer
    {
        public double Began { get; set; }

        public int Known { get; set; }

        public int Losses { get; set; }

        public bool HasTurn { get; set; }
    }
}
