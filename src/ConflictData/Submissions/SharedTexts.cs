namespace ConflictData.Submissions;

/// <summary>
/// Gives texts that come again and again, such as the ids that rows refer to, as one string each, as far as it remembers them. Several
/// threads at once may ask: what they may miss is a saving, never a text.
/// </summary>
internal sealed class SharedTexts
{
    private const int Slots = 1024;

    private readonly string?[] known = new string?[Slots];

    /// <summary>The text, as the string that was given for it before if that is still known.</summary>
    public string Of(string text)
    {
        ref var slot = ref known[(uint)text.GetHashCode(StringComparison.Ordinal) % Slots];
        return slot is { } found && found == text ? found : slot = text;
    }
}
