using System.Globalization;

namespace ConflictData.Tests.OData.Fuzz;

/// <content>Conditions. They are three-valued: null is neither true nor false.</content>
internal sealed partial class RandomExpressions
{
    public Expression<bool?> Condition(Standpoint at, int depth)
    {
        if (depth == 0 || parts > Enough || random.Next(3) == 0)
        {
            return random.Next(4) == 0 && at.Lambdas < 2 && parts < Enough ? AnyOrAll(at, depth) : Comparison(at);
        }
        var a = Condition(at, depth - 1);
        parts++;
        return random.Next(7) switch
        {
            6 => Equated(at),
            0 or 1 => And(a, Condition(at, depth - 1)),
            2 or 3 => Or(a, Condition(at, depth - 1)),
            4 => new($"not ({a.Text})", scope => !a.Of(scope)) { Parts = [a] },
            _ => OfTruth(a),
        };
    }

    private Expression<bool?> OfTruth(Expression<bool?> a) => random.Next(3) switch
    {
        0 => new($"({a.Text}) eq true", scope => a.Of(scope) == true) { Parts = [a] },
        1 => new($"({a.Text}) ne false", scope => a.Of(scope) != false) { Parts = [a] },
        _ => new($"({a.Text}) ne null", scope => a.Of(scope) is not null) { Parts = [a] },
    };

    private static Expression<bool?> And(Expression<bool?> a, Expression<bool?> b) => new($"({a.Text} and {b.Text})", scope => a.Of(scope) & b.Of(scope)) { Parts = [a, b] };

    private static Expression<bool?> Or(Expression<bool?> a, Expression<bool?> b) => new($"({a.Text} or {b.Text})", scope => a.Of(scope) | b.Of(scope)) { Parts = [a, b] };

    private Expression<bool?> Comparison(Standpoint at) => random.Next(11) switch
    {
        0 or 1 => Compare(Number(at, random.Next(3)), Number(at, random.Next(2)), (a, b) => a!.Value.CompareTo(b!.Value)),
        2 => Compare(Fraction(at, random.Next(3)), Fraction(at, 0), (a, b) => a!.Value.CompareTo(b!.Value)),
        3 or 4 => Compare(Text(at, random.Next(3)), Text(at, random.Next(2)), string.CompareOrdinal),
        5 => Compare(Day(at, 1), Day(at, 1), (a, b) => a!.Value.CompareTo(b!.Value)),
        6 => Compare(Instant(at), Instant(at), (a, b) => a!.Value.CompareTo(b!.Value)),
        7 => Find(Text(at, 1), Text(at, 1)),
        8 => In(at),
        9 => Leaf<bool?>(at, shape => shape.Truths) is { Text: not "null" } truth ? truth : new($"{at.Prefix}Id ne null", scope => at.Entry(scope) is not null),
        _ => IsThere(at),
    };

    /// <summary>eq and ne take null for a value; whatever else is compared with null is false.</summary>
    private Expression<bool?> Compare<T>(Expression<T> a, Expression<T> b, Func<T?, T?, int> compare)
    {
        parts++;
        var op = Pick("eq", "ne", "gt", "ge", "lt", "le");
        return new($"{a.Text} {op} {b.Text}", scope => (a.Of(scope), b.Of(scope)) switch
        {
            (null, null) => op == "eq",
            (null, _) or (_, null) => op == "ne",
            var (x, y) => Holds(op, compare(x, y)),
        });
    }

    private static bool Holds(string op, int order) => op switch
    {
        "eq" => order == 0,
        "ne" => order != 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        "lt" => order < 0,
        _ => order <= 0,
    };

    /// <summary>Two comparisons without brackets: by the rules of precedence eq and ne come after them.</summary>
    private Expression<bool?> Equated(Standpoint at)
    {
        var (a, b) = (Order(at), Order(at));
        parts++;
        return random.Next(2) == 0
            ? new($"({a.Text} eq {b.Text})", scope => a.Of(scope) == b.Of(scope)) { Parts = [a, b] }
            : new($"({a.Text} ne {b.Text})", scope => a.Of(scope) != b.Of(scope)) { Parts = [a, b] };
    }

    private Expression<bool?> Order(Standpoint at)
    {
        var (a, b, op) = (Number(at, 1), Number(at, 0), Pick("gt", "ge", "lt", "le"));
        return new($"{a.Text} {op} {b.Text}", scope => a.Of(scope) is { } x && b.Of(scope) is { } y && Holds(op, x.CompareTo(y)));
    }

    private Expression<bool?> Find(Expression<string> a, Expression<string> b)
    {
        parts++;
        var function = Pick("contains", "startswith", "endswith");
        return new($"{function}({a.Text},{b.Text})", scope => a.Of(scope) is not { } x || b.Of(scope) is not { } y ? null : function switch
        {
            "contains" => x.Contains(y, StringComparison.Ordinal),
            "startswith" => x.StartsWith(y, StringComparison.Ordinal),
            _ => x.EndsWith(y, StringComparison.Ordinal),
        });
    }

    private Expression<bool?> In(Standpoint at)
    {
        parts++;
        if (random.Next(2) == 0)
        {
            // Beside whole numbers a list may have them as strings, fractions that none is equal to, and null.
            var (number, numbers) = (Leaf<long?>(at, shape => shape.Numbers), Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(6) == 0 ? (long?)null : random.NextInt64(-3, 7)).ToList());
            return new($"{number.Text} in ({string.Join(',', numbers.Select(Listed))})", scope => numbers.Contains(number.Of(scope)));
        }
        var (text, words) = (Leaf<string>(at, shape => shape.Texts), Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(6) == 0 ? new("null", _ => null) : Quoted(Pick(World.Words))).ToList());
        return new($"{text.Text} in ({string.Join(',', words.Select(word => word.Text))})", scope => words.Any(word => word.Of(scope) == text.Of(scope)));
    }

    private string Listed(long? number)
    {
        var text = number?.ToString(CultureInfo.InvariantCulture) ?? "null";
        return number is null ? text : random.Next(6) switch { 0 => $"'{text}'", 1 => $"{text}.0", 2 => $"{text},{text}.5", _ => text };
    }

    /// <summary>Whether a record refers to one that there is.</summary>
    private Expression<bool?> IsThere(Standpoint at)
    {
        var there = Step(at);
        if (there == at)
        {
            return new($"{at.Prefix}Id eq null", scope => at.Entry(scope) is null);
        }
        var isThere = random.Next(2) == 0;
        return new($"{there.Prefix.TrimEnd('/')} {(isThere ? "ne" : "eq")} null", scope => there.Entry(scope) is not null == isThere);
    }

    /// <summary>any is false of nothing and all is true of it; both have only these two values.</summary>
    private Expression<bool?> AnyOrAll(Standpoint at, int depth)
    {
        if (Among(at) is not var (from, way, within))
        {
            return Comparison(at);
        }
        if (random.Next(6) == 0)
        {
            return new($"{from.Prefix}{way.Name}/any()", scope => scope.At.Many(from.Entry(scope), way).Any());
        }
        var (body, any) = (Condition(within, Math.Min(depth, 1)), random.Next(3) > 0);
        return new($"{from.Prefix}{way.Name}/{(any ? "any" : "all")}({within.Prefix.TrimEnd('/')}:{body.Text})", scope =>
        {
            var records = scope.At.Many(from.Entry(scope), way);
            return any ? records.Any(record => body.Of(Open(scope, at, record)) == true) : records.All(record => body.Of(Open(scope, at, record)) == true);
        });
    }

    private Expression<long?> CountOf(Standpoint at, int depth)
    {
        if (at.Lambdas > 1 || Among(at) is not var (from, way, within))
        {
            return Literal(random.NextInt64(0, 4));
        }
        if (at.Lambdas > 0 || depth == 0 || random.Next(2) == 0)
        {
            return new($"{from.Prefix}{way.Name}/$count", scope => scope.At.Many(from.Entry(scope), way).LongCount());
        }
        // The condition of $count speaks of its records by their bare names.
        var body = Comparison(within with { Prefix = "" });
        return new($"{from.Prefix}{way.Name}/$count($filter={body.Text})", scope => scope.At.Many(from.Entry(scope), way).LongCount(record => body.Of(Open(scope, at, record)) == true));
    }

    /// <summary>From where, which way, and how one stands among the records there; null where no way leads to many.</summary>
    private (Standpoint From, Way Way, Standpoint Within)? Among(Standpoint at)
    {
        var from = random.Next(2) == 0 ? Step(at) : at;
        from = from.Shape.ToMany.Length > 0 ? from : at;
        if (from.Shape.ToMany.Length == 0)
        {
            return null;
        }
        parts += 2;
        var way = Pick(from.Shape.ToMany);
        var within = at.Lambdas == 0
            ? new Standpoint(Shapes.All[way.To], "a/", scope => scope.Outer, 1)
            : new Standpoint(Shapes.All[way.To], "b/", scope => scope.Inner, 2);
        return (from, way, within);
    }

    private static Scope Open(Scope scope, Standpoint at, Entry record) => at.Lambdas == 0 ? scope with { Outer = record } : scope with { Inner = record };
}
