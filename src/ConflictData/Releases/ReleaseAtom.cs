using System.Globalization;
using System.Text;
using System.Xml;
using ConflictData.Api;
using ConflictData.Query;

namespace ConflictData.Releases;

/// <summary>
/// The newest releases as an Atom feed (RFC 4287), for readers that tell their users of what is new. Ids go by the submissions, so they
/// are the same whatever the app's address is. What the list of releases does not say, such as whose a submission was, is not said here.
/// </summary>
internal static class ReleaseAtom
{
    public const string MediaType = "application/atom+xml; charset=utf-8";
    public const string Path = "releases.atom";

    /// <summary>How many releases it has.</summary>
    public const int Most = 50;

    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Urn = "urn:conflictfunctions:release";

    private static readonly XmlWriterSettings Form = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    public static byte[] Write(ReleaseHistory history, Links links)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Form))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("id", Atom, history.Find(1) is { } first ? $"{Urn}s:{first.SubmissionId}" : $"{Urn}s");
            xml.WriteElementString("title", Atom, "Releases of curated figures on armed conflict");
            xml.WriteElementString("updated", Atom, Time(history.Head?.CommittedAt ?? DateTimeOffset.UnixEpoch));
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, "ConflictFunctions");
            xml.WriteEndElement();
            Link(xml, "self", MediaType.Split(';')[0], links.To(Path));
            Link(xml, "alternate", "text/html", links.To("explorer"));
            foreach (var commit in history.Commits.Skip(history.Commits.Count - Most).Reverse())
            {
                Entry(xml, commit, links);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, Commit commit, Links links)
    {
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("id", Atom, $"{Urn}:{commit.SubmissionId}");
        xml.WriteElementString("title", Atom, $"Release {Number(commit.Release)}");
        xml.WriteElementString("updated", Atom, Time(commit.CommittedAt));
        xml.WriteElementString("published", Atom, Time(commit.CommittedAt));
        Link(xml, "alternate", "application/json", links.To($"releases/{Number(commit.Release)}"));
        if (commit.Release > 1)
        {
            Link(xml, "related", "application/json", links.To($"releases/{Number(commit.Release - 1)}/diff/{Number(commit.Release)}"), "What changed since the release before");
        }

        xml.WriteElementString("summary", Atom, Legible(Summary(commit)));
        xml.WriteEndElement();
    }

    /// <summary>The reason, the message, and how many rows each dataset got or what was taken out of the past, a line each.</summary>
    private static string Summary(Commit commit) => string.Join('\n', new[]
    {
        commit.Reason is { } reason ? $"Reason: {reason}" : null,
        commit.Message,
        commit.Redaction is { } redaction
            ? $"Redacted: {string.Join(", ", redaction.Columns)} of {redaction.Dataset} {redaction.Id}"
            : string.Join(", ", commit.Datasets.Select(extent => $"{extent.Dataset}: {Number(extent.Rows)}")),
    }.Where(line => line is not null));

    /// <summary>A text may have characters that XML cannot: they are shown as unreadable, and the feed is still one.</summary>
    private static string Legible(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));

    private static void Link(XmlWriter xml, string relation, string mediaType, Uri address, string? title = null)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", mediaType);
        xml.WriteAttributeString("href", address.AbsoluteUri);
        if (title is not null)
        {
            xml.WriteAttributeString("title", title);
        }

        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
