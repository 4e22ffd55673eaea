using System.Text.RegularExpressions;

namespace PowerBI.Tests.Model.Tmdl;

/// <summary>
/// Reads a TMDL file: a line is as many tabs deep as objects hold it; properties stand before the objects that they are beside;
/// an expression is in the line of its equals sign, or two tabs deeper below it.
/// </summary>
internal sealed partial class TmdlReader
{
    private readonly string file;
    private readonly string[] lines;
    private readonly List<TmdlObject> open = [];
    private readonly List<string> description = [];
    private int at;

    private TmdlReader(string file, string text) => (this.file, lines) = (file, text.ReplaceLineEndings("\n").Split('\n'));

    private string Place => $"{file}:{at + 1}";

    /// <summary>The objects that no other holds.</summary>
    public static IReadOnlyList<TmdlObject> Read(string file, string text) => new TmdlReader(file, text).Objects();

    private List<TmdlObject> Objects()
    {
        var top = new List<TmdlObject>();
        for (at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (line.Trim().Length > 0)
            {
                Line(top, Depth(line), line.Trim('\t'));
            }
        }

        return description.Count == 0 ? top : throw Fault("A description describes nothing.");
    }

    private void Line(List<TmdlObject> top, int depth, string text)
    {
        if (text.StartsWith("///", StringComparison.Ordinal))
        {
            description.Add(text[3..].Trim());
        }
        else if (text.StartsWith("//", StringComparison.Ordinal))
        {
            throw Fault("TMDL has no comments outside of expressions.");
        }
        else if (Property().Match(text) is { Success: true } property && (property.Groups["sign"].Value == ":" || !TmdlGrammar.IsKind(property.Groups["name"].Value)))
        {
            AddProperty(Holder(depth)!, property, depth);
        }
        else
        {
            AddObject(top, depth, text);
        }
    }

    private void AddProperty(TmdlObject holder, Match property, int depth)
    {
        var (name, value) = (property.Groups["name"].Value, property.Groups["value"].Success ? property.Groups["value"].Value.Trim() : null);
        var isExpression = property.Groups["sign"].Value == "=";
        if (isExpression != (name == "source") || description.Count > 0)
        {
            throw Fault($"{name} cannot be given like this.");
        }

        if (TmdlGrammar.Refusal(holder.Kind, name, value) is { } refusal)
        {
            throw Fault(refusal);
        }

        if (holder.Children.Count > 0)
        {
            throw Fault($"{name} stands behind an object of its {holder.Kind}.");
        }

        if (!holder.Properties.TryAdd(name, isExpression ? Expression(value!, depth) : value ?? "true"))
        {
            throw Fault($"{name} is given twice.");
        }
    }

    private void AddObject(List<TmdlObject> top, int depth, string text)
    {
        if (Declaration().Match(text) is not { Success: true } declaration || !TmdlGrammar.IsKind(declaration.Groups["kind"].Value))
        {
            throw Fault($"Not understood: {text}");
        }

        var (kind, holder) = (declaration.Groups["kind"].Value, Holder(depth));
        var name = declaration.Groups["quoted"] is { Success: true } quoted ? quoted.Value.Replace("''", "'") : declaration.Groups["name"].Value;
        if (!TmdlGrammar.MayHold(holder?.Kind, kind) || name.Length > 0 != TmdlGrammar.HasName(kind) || declaration.Groups["value"].Success != TmdlGrammar.NeedsValue(kind))
        {
            throw Fault($"A {kind} cannot stand like this: {text}");
        }

        var item = new TmdlObject(kind, name, Place) { Description = string.Join(' ', description) };
        description.Clear();
        item.Value = declaration.Groups["value"].Success ? Expression(declaration.Groups["value"].Value, depth) : null;
        (holder?.Children ?? top).Add(item);
        open.Add(item);
    }

    /// <summary>The object that a line is in; what is as deep or deeper is closed.</summary>
    private TmdlObject? Holder(int depth)
    {
        if (depth > open.Count)
        {
            throw Fault("The line is too deep.");
        }

        open.RemoveRange(depth, open.Count - depth);
        return depth == 0 ? null : open[^1];
    }

    private string Expression(string start, int depth)
    {
        var (body, indent) = (new List<string>(), new string('\t', depth + 2));
        while (start.Trim().Length == 0 && at + 1 < lines.Length && (lines[at + 1].StartsWith(indent, StringComparison.Ordinal) || lines[at + 1].Trim().Length == 0))
        {
            at++;
            body.Add(lines[at].Length > indent.Length ? lines[at][indent.Length..] : "");
        }

        var text = start.Trim().Length > 0 ? start.Trim() : string.Join('\n', body).TrimEnd();
        return text.Length > 0 ? text : throw Fault("An expression is missing, or not two tabs deeper.");
    }

    private int Depth(string line)
    {
        var depth = line.TakeWhile(letter => letter == '\t').Count();
        return line[depth] == ' ' ? throw Fault("Lines are indented by tabs.") : depth;
    }

    private TmdlException Fault(string message) => new(Place, message);

    [GeneratedRegex("^(?<name>[A-Za-z]+)(?:$|(?<sign>:) *(?<value>.+)$| (?<sign>=)(?<value>.*)$)")]
    private static partial Regex Property();

    [GeneratedRegex("^(?<kind>[A-Za-z]+)(?: (?:table |cultureInfo )?(?:'(?<quoted>(?:[^']|'')+)'|(?<name>[^\\s'=.:]+)))?(?: =(?<value>.*))?$")]
    private static partial Regex Declaration();
}
