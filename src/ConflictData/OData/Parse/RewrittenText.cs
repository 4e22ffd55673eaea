using System.Text;

namespace ConflictData.OData;

/// <summary>An expression that is being put into other words, and the places where it differs from what the caller wrote.</summary>
internal sealed class RewrittenText
{
    private readonly StringBuilder output = new();
    private readonly List<TextEdit> edits = [];

    public int Length => output.Length;

    /// <summary>The places that differ, in their order.</summary>
    public IReadOnlyList<TextEdit> Edits => edits;

    public void Append(string text) => output.Append(text);

    /// <summary>Writes other words at the end than those that stand at a place of the original.</summary>
    public void Replace(string words, int originalStart, int originalLength)
    {
        edits.Add(new(output.Length, words.Length, originalStart, originalLength));
        output.Append(words);
    }

    /// <summary>Puts words before what was written at a place.</summary>
    public void Insert(int at, string words)
    {
        var first = edits.FindIndex(edit => edit.Start >= at) is >= 0 and var found ? found : edits.Count;
        var original = TextEdit.OriginalOf(at, edits);
        for (var index = first; index < edits.Count; index++)
        {
            edits[index] = edits[index] with { Start = edits[index].Start + words.Length };
        }
        edits.Insert(first, new(at, words.Length, original, 0));
        output.Insert(at, words);
    }

    public override string ToString() => output.ToString();
}
