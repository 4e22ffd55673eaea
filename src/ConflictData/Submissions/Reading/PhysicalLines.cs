namespace ConflictData.Submissions;

/// <summary>Counts lines as an editor shows them: LF, CRLF and a lone CR each end one.</summary>
internal static class PhysicalLines
{
    public static int Ends(ReadOnlySpan<byte> bytes)
    {
        var ends = bytes.Count((byte)'\n');
        if (!bytes.Contains((byte)'\r'))
        {
            return ends;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            ends += bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n') ? 1 : 0;
        }

        return ends;
    }
}
