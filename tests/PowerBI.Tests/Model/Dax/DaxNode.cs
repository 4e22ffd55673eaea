namespace PowerBI.Tests.Model.Dax;

/// <summary>A piece of a DAX expression.</summary>
internal abstract record DaxNode
{
    /// <summary>The pieces that it is made of.</summary>
    public virtual IEnumerable<DaxNode> Parts => [];

    /// <summary>It and all below it.</summary>
    public IEnumerable<DaxNode> All => Parts.SelectMany(part => part.All).Prepend(this);
}

/// <summary>A number or a text.</summary>
internal sealed record DaxLiteral(object Value) : DaxNode;

/// <summary>A name that stands alone: a variable, or a table.</summary>
internal sealed record DaxName(string Name) : DaxNode;

/// <summary>A column with its table.</summary>
internal sealed record DaxColumn(string Table, string Name) : DaxNode;

/// <summary>A name in brackets without a table: a measure.</summary>
internal sealed record DaxMeasure(string Name) : DaxNode;

/// <summary>A function with its arguments.</summary>
internal sealed record DaxCall(string Function, IReadOnlyList<DaxNode> Arguments) : DaxNode
{
    public override IEnumerable<DaxNode> Parts => Arguments;
}

/// <summary>An operator between two pieces; NOT has its one on the right.</summary>
internal sealed record DaxOperation(string Operator, DaxNode? Left, DaxNode Right) : DaxNode
{
    public override IEnumerable<DaxNode> Parts => Left is null ? [Right] : [Left, Right];
}

/// <summary>Values in braces.</summary>
internal sealed record DaxList(IReadOnlyList<DaxNode> Values) : DaxNode
{
    public override IEnumerable<DaxNode> Parts => Values;
}

/// <summary>Variables, and what is made of them.</summary>
internal sealed record DaxBlock(IReadOnlyList<(string Name, DaxNode Value)> Variables, DaxNode Result) : DaxNode
{
    public override IEnumerable<DaxNode> Parts => [.. Variables.Select(variable => variable.Value), Result];
}

/// <summary>Something in a DAX text that cannot be read.</summary>
internal sealed class DaxException(string message) : Exception(message);
