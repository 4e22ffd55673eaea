namespace ConflictData.OData;

/// <summary>The rows between two steps.</summary>
/// <param name="Stage">The stage that gives them.</param>
/// <param name="Shape">What they look like.</param>
/// <param name="Groups">The groups that the steps are applied to, each by itself.</param>
internal sealed record Flow(string Stage, Shape Shape, Groups Groups)
{
    /// <summary>The same rows, or some of them, from another stage.</summary>
    public Flow From(string stage) => this with { Stage = stage };

    /// <summary>Some of the rows, so that a group may have none left.</summary>
    public Flow SomeFrom(string stage) => this with { Stage = stage, Groups = Groups with { MayBeEmpty = true } };
}
