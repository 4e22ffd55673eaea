using System.Collections.Frozen;

namespace ConflictData.Datasets.Counts;

/// <summary>A number in digits or English words: 6,000 · three hundred · one hundred and seventeen · half a million · 6 million · two dozen.</summary>
internal ref struct NumberPhrase(ReadOnlySpan<CountToken> tokens)
{
    private static readonly FrozenDictionary<string, int> Small = new Dictionary<string, int>
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9,
        ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16,
        ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50,
        ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, long> Scales = new Dictionary<string, long>
    {
        ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000,
    }.ToFrozenDictionary();

    private readonly ReadOnlySpan<CountToken> tokens = tokens;

    /// <summary>How many tokens the number takes; 0 where none stands at the start.</summary>
    public int Length { get; private set; }

    /// <summary>The number; may be larger than a count can be.</summary>
    public Int128 Value { get; private set; }

    /// <summary>True where it was said in dozens, which is never meant to the last one.</summary>
    public bool InDozens { get; private set; }

    public static bool IsNumberWord(string word) =>
        Small.ContainsKey(word) || Scales.ContainsKey(word) || word is "zero" or "hundred" or "half" or "dozen";

    public static NumberPhrase Read(ReadOnlySpan<CountToken> tokens)
    {
        var phrase = new NumberPhrase(tokens);
        phrase.Read();
        return phrase;
    }

    private readonly string WordAt(int at) => at < tokens.Length ? tokens[at].Word : "";

    private void Read()
    {
        if (tokens.IsEmpty)
        {
            return;
        }

        if (tokens[0].Kind == CountTokenKind.Number)
        {
            (Value, Length) = (tokens[0].Value, 1);
            TakeScales();
        }
        else if (WordAt(0) == "zero")
        {
            Length = 1;
        }
        else if (WordAt(0) == "half" && WordAt(1) == "a" && TakeUnit(2) is var unit and not 0)
        {
            (Value, Length) = (unit / 2, 3);
        }
        else if (WordAt(0) is "a" or "an" && WordAt(1) == "dozen")
        {
            (Value, Length, InDozens) = (12, 2, true);
        }
        else
        {
            ReadWords();
        }
    }

    /// <summary>6 hundred, 6 million, 6 hundred thousand, 6 dozen.</summary>
    private void TakeScales()
    {
        if (WordAt(Length) == "hundred")
        {
            (Value, Length) = (Value * 100, Length + 1);
        }

        if (TakeUnit(Length) is var unit and not 0)
        {
            (Value, Length) = (Value * unit, Length + 1);
        }
    }

    private long TakeUnit(int at)
    {
        InDozens |= WordAt(at) == "dozen";
        return WordAt(at) == "dozen" ? 12 : Scales.GetValueOrDefault(WordAt(at));
    }

    private void ReadWords()
    {
        var scaleBefore = long.MaxValue;
        while (TakeHundreds(Length) is var group and not 0)
        {
            if (!Scales.TryGetValue(WordAt(Length), out var scale))
            {
                Value += group;
                TakeDozen();
                return;
            }

            if (scale >= scaleBefore)
            {
                Length = 0;
                return;
            }

            (Value, scaleBefore, Length) = (Value + ((Int128)group * scale), scale, Length + 1);
        }
    }

    private void TakeDozen()
    {
        if (WordAt(Length) == "dozen")
        {
            (Value, Length, InDozens) = (Value * 12, Length + 1, true);
        }
    }

    /// <summary>A number from 1 to 9,999 as words say it before a scale: [n hundred [and]] n. 0 and nothing taken where none stands there.</summary>
    private long TakeHundreds(int at)
    {
        var start = at > 0 && WordAt(at) == "and" ? at + 1 : at;
        var first = TakeBelowHundred(start, out var next);
        if (first == 0 && WordAt(start) is "a" or "an" && (WordAt(start + 1) == "hundred" || Scales.ContainsKey(WordAt(start + 1))))
        {
            (first, next) = (1, start + 1);
        }

        if (first == 0)
        {
            return 0;
        }

        Length = next;
        if (WordAt(next) != "hundred")
        {
            return first;
        }

        Length = next + 1;
        var rest = TakeBelowHundred(WordAt(Length) == "and" ? Length + 1 : Length, out next);
        Length = rest == 0 ? Length : next;
        return (first * 100) + rest;
    }

    private readonly long TakeBelowHundred(int at, out int next)
    {
        next = at + 1;
        var first = Small.GetValueOrDefault(WordAt(at));
        if (first < 20)
        {
            return first;
        }

        var unitAt = at + 1 < tokens.Length && tokens[at + 1].Kind == CountTokenKind.Dash ? at + 2 : at + 1;
        var unit = Small.GetValueOrDefault(WordAt(unitAt));
        next = unit is > 0 and < 10 ? unitAt + 1 : next;
        return unit is > 0 and < 10 ? first + unit : first;
    }
}
