namespace ConflictData.OData;

/// <summary>
/// What stands between two brackets of an expression that is being rewritten, or outside all, as far as it was read. By the
/// standard gt, ge, lt and le bind tighter than eq and ne; the library's parser takes all six in their order, so brackets are put
/// around a side of eq or ne that compares.
/// </summary>
internal sealed class ExpressionLevel(bool isCase = false)
{
    private readonly List<(int Start, int End)> compared = [];
    private int? start;
    private bool compares;
    private bool equates;

    /// <summary>True for the brackets of the function case.</summary>
    public bool IsCase => isCase;

    /// <summary>In a case: true where the colon of the pair was read.</summary>
    public bool HasResult { get; set; }

    /// <summary>In a case: how many pairs were read.</summary>
    public int Pairs { get; set; }

    /// <summary>Where the operand begins that was read last.</summary>
    public int Operand { get; private set; }

    public void Begin(int at)
    {
        Operand = at;
        start ??= at;
    }

    /// <summary>Takes an operator between two operands; the first ends there.</summary>
    public void Take(ExpressionPiece piece, int end)
    {
        compares |= piece.Text.ToLowerInvariant() is "gt" or "ge" or "lt" or "le";
        if (piece.Is("eq") || piece.Is("ne"))
        {
            EndSide(end);
            equates = true;
        }
    }

    /// <summary>Ends the comparisons that were begun, and puts the brackets that they need; how many characters these are.</summary>
    public int End(int end, RewrittenText output)
    {
        EndSide(end);
        var needed = equates ? compared.Count : 0;
        for (var index = needed - 1; index >= 0; index--)
        {
            output.Insert(compared[index].End, ")");
            output.Insert(compared[index].Start, "(");
        }
        compared.Clear();
        equates = false;
        return 2 * needed;
    }

    private void EndSide(int end)
    {
        if (compares && start is { } from)
        {
            compared.Add((from, end));
        }
        (start, compares) = (null, false);
    }
}
