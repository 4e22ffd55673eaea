using ConflictData.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ConflictData.OData;

/// <summary>Chooses the form of an answer: $format decides, then Accept by its q values, then what the address offers first.</summary>
internal static class Negotiation
{
    private static readonly AnswerFormat[] Rows = [AnswerFormat.Json, AnswerFormat.Csv, AnswerFormat.NdJson];
    private static readonly AnswerFormat[] Model = [AnswerFormat.Xml, AnswerFormat.Json];
    private static readonly AnswerFormat[] Document = [AnswerFormat.Json];

    public static Result<AnswerForm> Choose(HttpRequest request, string? format, TargetKind target) => target switch
    {
        TargetKind.Set or TargetKind.Entity => format is null ? ByAccept(request.Headers.Accept, Rows) : ByFormat(format, Rows),
        // Clients send what they want for rows everywhere; the model is XML whatever Accept says.
        TargetKind.Metadata => format is null ? new AnswerForm(AnswerFormat.Xml) : ByFormat(format, Model),
        // Bare text has one form only, whatever is asked for.
        TargetKind.Count or TargetKind.Value => new AnswerForm(AnswerFormat.Text),
        _ => format is null ? ByAccept(request.Headers.Accept, Document) : ByFormat(format, Document),
    };

    private static Result<AnswerForm> ByFormat(string format, AnswerFormat[] offered)
    {
        AnswerForm? form = format.ToLowerInvariant() switch
        {
            "json" => new(AnswerFormat.Json),
            "csv" => new(AnswerFormat.Csv),
            "ndjson" => new(AnswerFormat.NdJson),
            "xml" => new(AnswerFormat.Xml),
            _ => MediaTypeHeaderValue.TryParse(format, out var type) ? MediaForms.Read(type) : null,
        };
        return form is not null && offered.Contains(form.Format) ? form : NotAcceptable("$format", format, offered);
    }

    private static Result<AnswerForm> ByAccept(StringValues accept, AnswerFormat[] offered)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var types) || types.Count == 0)
        {
            return new AnswerForm(offered[0]);
        }
        // Sorting keeps the client's order among equals; what is named goes before what a wildcard lets in.
        foreach (var type in types.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1).ThenBy(type => type.MatchesAllSubTypes))
        {
            var form = type.MatchesAllSubTypes ? Unnamed(type, types, offered) : MediaForms.Read(type);
            if (form is not null && offered.Contains(form.Format))
            {
                return form;
            }
        }
        return NotAcceptable("Accept", string.Join(", ", types.Select(type => type.MediaType)), offered);
    }

    /// <summary>The first format that a wildcard lets in and no other entry of the list speaks of; one that asks for a form unknown here speaks of none.</summary>
    private static AnswerForm? Unnamed(MediaTypeHeaderValue wildcard, IList<MediaTypeHeaderValue> types, AnswerFormat[] offered) => offered
        .Where(format => (wildcard.MatchesAllTypes || MediaForms.IsOf(format, wildcard.Type)) && !types.Any(type => MediaForms.Read(type)?.Format == format))
        .Select(format => new AnswerForm(format))
        .FirstOrDefault();

    private static ApiError NotAcceptable(string target, string what, AnswerFormat[] offered) => new(
        ErrorCode.NotAcceptable, $"{target} asks for {what}; here there is {string.Join(" or ", offered.Select(format => new AnswerForm(format).ContentType.Split(';')[0]))}.")
    {
        Target = target,
    };
}
