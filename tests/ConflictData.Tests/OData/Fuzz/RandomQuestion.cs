namespace ConflictData.Tests.OData.Fuzz;

/// <summary>Random questions about a world.</summary>
internal sealed class RandomQuestion(Random random, World world)
{
    private readonly RandomExpressions expressions = new(random);

    public Question Next()
    {
        expressions.Reset();
        var shape = Shapes.All.Values.ElementAt(random.Next(Shapes.All.Count));
        var question = new Question(shape) { Release = Maybe(2) ? null : 1 + random.Next(world.Snapshots.Count), PageSize = !Maybe(3) ? null : Maybe(8) ? 1 + random.Next(3) : 4 + random.Next(20) };
        return random.Next(12) switch
        {
            0 => WithSelection(question with { Wanted = Wanted.Record, Key = IdOf(shape.Name), PageSize = null }, 2),
            1 => WithConditions(question with { Wanted = Wanted.Count, PageSize = null }),
            2 or 3 when shape.ToMany.Length > 0 => Rows(Through(question)),
            _ => Rows(question),
        };
    }

    private Question Through(Question question)
    {
        var way = Pick(question.Shape.ToMany);
        return question with { Shape = Shapes.All[way.To], Via = (question.Shape.Name, IdOf(question.Shape.Name), way) };
    }

    private Question Rows(Question question) => WithPart(WithSelection(WithConditions(question), 2));

    private Question WithConditions(Question question) => question with
    {
        Filter = Maybe(3) ? null : expressions.Condition(Standpoint.Of(question.Shape), random.Next(4)),
        Search = Maybe(6) ? RandomSearch.Make(random, question.Shape) : null,
    };

    private Question WithPart(Question question)
    {
        var keys = Maybe(2) ? [] : Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Key(question)).ToList();
        return question with { Order = keys, Top = Maybe(3) ? random.Next(30) : null, Skip = Maybe(4) ? random.Next(12) : 0, Count = Maybe(3) };
    }

    private SortKey Key(Question question)
    {
        var (at, descending) = (Standpoint.Of(question.Shape), Maybe(2));
        if (question.Computed.Count > 0 && Maybe(2))
        {
            var computed = question.Computed[random.Next(question.Computed.Count)];
            return new(computed.Name, computed.Of, descending);
        }
        var (text, of) = Value(at, random.Next(3));
        return new(text, of, descending);
    }

    /// <summary>An expression of any type.</summary>
    private (string Text, Func<Scope, object?> Of) Value(Standpoint at, int depth)
    {
        switch (random.Next(6))
        {
            case 0:
                var fraction = expressions.Fraction(at, depth);
                return (fraction.Text, scope => fraction.Of(scope));
            case 1 or 2:
                var text = expressions.Text(at, depth);
                return (text.Text, text.Of);
            case 3:
                var day = expressions.Day(at, depth);
                return (day.Text, scope => day.Of(scope));
            default:
                var number = expressions.Number(at, depth);
                return (number.Text, scope => number.Of(scope));
        }
    }

    private Question WithSelection(Question question, int depth)
    {
        // Within $expand nothing can be computed.
        if (depth == 2 && Maybe(4))
        {
            question = question with { Computed = [.. Enumerable.Range(1, 1 + random.Next(2)).Select(number => Compute(question.Shape, $"C{number}"))] };
        }
        // Expanded records with all their columns take the engine twenty times as long as other questions.
        if (Maybe(2) || (depth < 2 && !Maybe(6)))
        {
            var names = Entry.ColumnsOf(question.Shape.Name).Concat(question.Computed.Select(item => item.Name)).OrderBy(_ => random.Next());
            question = question with { Select = [.. names.Take(1 + random.Next(5))] };
        }
        return depth > 0 && Maybe(5) ? question with { Expanded = [.. Expansions(question.Shape, depth)] } : question;
    }

    /// <summary>What has no type by itself cannot be computed.</summary>
    private Computed Compute(Shape shape, string name)
    {
        var (text, of) = Value(Standpoint.Of(shape), 2);
        return text.Contains("null", StringComparison.Ordinal) ? Compute(shape, name) : new(name, text, of, ByAlias: Maybe(4));
    }

    private IEnumerable<Expansion> Expansions(Shape shape, int depth)
    {
        var ways = shape.ToOne.Select(way => (Way: way, ToMany: false)).Concat(shape.ToMany.Select(way => (Way: way, ToMany: true)));
        foreach (var (way, toMany) in ways.OrderBy(_ => random.Next()).Take(1 + random.Next(2)))
        {
            var form = random.Next(8) switch { 0 => Form.References, 1 when toMany => Form.Count, _ => Form.Records };
            var inner = new Question(Shapes.All[way.To]);
            inner = toMany && Maybe(2) ? WithConditions(inner) : inner;
            inner = form != Form.Count && toMany && Maybe(2) ? WithPart(inner) : inner;
            yield return new(way, toMany, form, form == Form.Records ? WithSelection(inner, depth - 1) : inner);
        }
    }

    /// <summary>The id of a record that may not be there, or no longer.</summary>
    private string IdOf(string set) => $"{char.ToLowerInvariant(set[0])}{random.Next(set == "Casualties" ? 40 : 12)}";

    /// <summary>True once in so many times.</summary>
    private bool Maybe(int times) => random.Next(times) == 0;

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];
}
