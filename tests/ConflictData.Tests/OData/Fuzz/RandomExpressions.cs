using System.Globalization;
using ConflictData.Tests.Query;

namespace ConflictData.Tests.OData.Fuzz;

/// <summary>Where an expression stands.</summary>
/// <param name="Shape">Whose columns it may name.</param>
/// <param name="Prefix">What goes before their names.</param>
/// <param name="Entry">The record that they are read from.</param>
/// <param name="Lambdas">How many any and all are open around it.</param>
internal sealed record Standpoint(Shape Shape, string Prefix, Func<Scope, Entry?> Entry, int Lambdas)
{
    public static Standpoint Of(Shape shape) => new(shape, "", scope => scope.It, 0);
}

/// <summary>Random expressions of every type. What they cost is counted, since a query may have a hundred parts at most.</summary>
internal sealed partial class RandomExpressions(Random random)
{
    private const int Enough = 30;

    private int parts;

    /// <summary>Begins a new query.</summary>
    public void Reset() => parts = 0;

    public Expression<long?> Number(Standpoint at, int depth) => Deep(depth) ? random.Next(9) switch
    {
        0 => Pair(Number(at, depth - 1), Number(at, depth - 1), "add", (a, b) => a + b),
        1 => Pair(Number(at, depth - 1), Number(at, depth - 1), "sub", (a, b) => a - b),
        2 => Pair(Number(at, depth - 1), Literal(random.NextInt64(-3, 4)), "mul", (a, b) => a * b),
        3 => Pair(Number(at, depth - 1), Literal(Pick(-2L, 2, 3)), "div", (a, b) => a / b),
        4 => Pair(Number(at, depth - 1), Literal(Pick(-2L, 2, 3)), "mod", (a, b) => a % b),
        5 => Call("length", Text(at, depth - 1), text => (long?)text.Length),
        6 => new($"indexof({Two(Text(at, depth - 1), Text(at, 0), out var a, out var b)})", scope => a(scope) is { } x && b(scope) is { } y ? x.IndexOf(y, StringComparison.Ordinal) : null),
        7 => Part(Day(at, depth - 1)),
        _ => CountOf(at, depth - 1),
    } : random.Next(6) switch
    {
        0 => Literal(random.NextInt64(-3, 7)),
        1 => new("null", _ => null),
        _ => Leaf<long?>(at, shape => shape.Numbers),
    };

    public Expression<double?> Fraction(Standpoint at, int depth) => Deep(depth) ? random.Next(5) switch
    {
        0 => Pair(Fraction(at, depth - 1), Fraction(at, depth - 1), "add", (a, b) => a + b),
        1 => Pair(Fraction(at, depth - 1), Fraction(at, 0), "mul", (a, b) => a * b),
        2 => Call("floor", Fraction(at, depth - 1), number => (double?)Math.Floor(number!.Value)),
        3 => Call("ceiling", Fraction(at, depth - 1), number => (double?)Math.Ceiling(number!.Value)),
        _ => Call("round", Fraction(at, depth - 1), number => (double?)Math.Round(number!.Value, MidpointRounding.AwayFromZero)),
    } : random.Next(4) switch
    {
        0 => Literal(random.Next(-8, 9) / 4.0 + 0.125),
        // As many digits as a double has, which the feed's parser takes for a decimal.
        1 => Literal(random.NextDouble() * 6 - 3),
        _ => Leaf<double?>(at, shape => shape.Fractions),
    };

    public Expression<string> Text(Standpoint at, int depth) => Deep(depth) ? random.Next(6) switch
    {
        0 => Call("tolower", Text(at, depth - 1), text => text.ToLowerInvariant()),
        1 => Call("toupper", Text(at, depth - 1), text => text.ToUpperInvariant()),
        2 => Call("trim", Text(at, depth - 1), text => text.Trim()),
        3 => new($"concat({Two(Text(at, depth - 1), Text(at, depth - 1), out var a, out var b)})", scope => a(scope) is { } x && b(scope) is { } y ? x + y : null),
        4 => Substring(Text(at, depth - 1), random.Next(4), random.Next(2) == 0 ? null : random.Next(3)),
        _ => Call("cast", Number(at, 0), number => number!.Value.ToString(CultureInfo.InvariantCulture), ",Edm.String"),
    } : random.Next(4) switch
    {
        0 => Quoted(World.Words[random.Next(World.Words.Length)]),
        _ => Leaf<string>(at, shape => shape.Texts),
    };

    public Expression<DateOnly?> Day(Standpoint at, int depth) => Deep(depth) && random.Next(3) == 0
        ? Call("date", Instant(at), instant => (DateOnly?)DateOnly.FromDateTime(instant!.Value.UtcDateTime))
        : random.Next(4) == 0 ? Literal(World.Day(random)) : Leaf<DateOnly?>(at, shape => shape.Days);

    public Expression<DateTimeOffset?> Instant(Standpoint at) => random.Next(3) == 0
        ? Literal(TestLog.Start.AddHours(random.Next(-1, 5)))
        : Leaf<DateTimeOffset?>(at, _ => ["ModifiedAt"]);

    private Expression<long?> Part(Expression<DateOnly?> day) => random.Next(3) switch
    {
        0 => Call("year", day, value => (long?)value!.Value.Year),
        1 => Call("month", day, value => (long?)value!.Value.Month),
        _ => Call("day", day, value => (long?)value!.Value.Day),
    };

    /// <summary>A column of that type, of the record or of one that it refers to; a literal where neither has any.</summary>
    private Expression<T> Leaf<T>(Standpoint at, Func<Shape, string[]> columns)
    {
        var here = random.Next(3) == 0 ? Step(at) : at;
        here = here != at && random.Next(3) == 0 ? Step(here) : here;
        here = columns(here.Shape).Length > 0 ? here : at;
        parts++;
        if (columns(here.Shape) is not { Length: > 0 } names)
        {
            return new("null", _ => default);
        }
        var name = Pick(names);
        return new(here.Prefix + name, scope => (T?)here.Entry(scope)?[name]);
    }

    /// <summary>One step on to a record that this one refers to.</summary>
    private Standpoint Step(Standpoint at)
    {
        if (at.Shape.ToOne.Length == 0)
        {
            return at;
        }
        parts++;
        var way = Pick(at.Shape.ToOne);
        return at with { Shape = Shapes.All[way.To], Prefix = $"{at.Prefix}{way.Name}/", Entry = scope => scope.At.One(at.Entry(scope), way) };
    }

    private Expression<string> Substring(Expression<string> text, int from, int? length) => new(
        $"substring({text.Text},{from}{(length is null ? "" : $",{length}")})",
        scope => text.Of(scope) is not { } value ? null : new string([.. value.Skip(from).Take(length ?? int.MaxValue)]));

    private Expression<T> Pair<T>(Expression<T> a, Expression<T> b, string op, Func<T?, T?, T?> of)
    {
        parts++;
        return new($"({a.Text} {op} {b.Text})", scope => of(a.Of(scope), b.Of(scope)));
    }

    /// <summary>A function of one argument: null of null.</summary>
    private Expression<TResult> Call<T, TResult>(string name, Expression<T> argument, Func<T, TResult?> of, string more = "")
    {
        parts++;
        return new($"{name}({argument.Text}{more})", scope => argument.Of(scope) is { } value ? of(value) : default);
    }

    private string Two<T>(Expression<T> first, Expression<T> second, out Func<Scope, T?> a, out Func<Scope, T?> b)
    {
        parts++;
        (a, b) = (first.Of, second.Of);
        return $"{first.Text},{second.Text}";
    }

    private Expression<string> Quoted(string word)
    {
        parts++;
        return new($"'{word.Replace("'", "''", StringComparison.Ordinal)}'", _ => word);
    }

    private Expression<T?> Literal<T>(T value)
        where T : struct, IFormattable
    {
        parts++;
        var text = value switch
        {
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            _ => value.ToString(null, CultureInfo.InvariantCulture),
        };
        return new(text, _ => value);
    }

    private bool Deep(int depth) => depth > 0 && parts < Enough && random.Next(3) > 0;

    private T Pick<T>(params T[] values) => values[random.Next(values.Length)];
}
