using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace ConflictData.OData;

/// <summary>The $metadata documents, each written once.</summary>
internal sealed class ModelDocuments(Settings settings)
{
    private readonly Lock writing = new();
    private readonly IEdmModel model = ODataModel.With(settings);

    /// <summary>Changes with the model: part of every ETag.</summary>
    public static string SchemaVersion { get; } = VersionOf(new ModelDocuments(new()).Xml401);

    public byte[] Xml40 => field ??= WriteXml(EdmConstants.EdmVersion4);

    public byte[] Xml401 => field ??= WriteXml(EdmConstants.EdmVersion401);

    /// <summary>JSON CSDL exists from 4.01 on.</summary>
    public byte[] Json => field ??= WriteJson();

    /// <summary>Changes with the documents.</summary>
    public string Version => field ??= VersionOf(Xml401);

    private static string VersionOf(byte[] document) => Convert.ToHexStringLower(SHA256.HashData(document))[..12];

    private byte[] WriteXml(Version version)
    {
        lock (writing)
        {
            model.SetEdmVersion(version);
            using var stream = new MemoryStream();
            using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
            {
                Check(CsdlWriter.TryWriteCsdl(model, writer, CsdlTarget.OData, out var errors), errors);
            }
            return stream.ToArray();
        }
    }

    private byte[] WriteJson()
    {
        lock (writing)
        {
            model.SetEdmVersion(EdmConstants.EdmVersion401);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            {
                Check(CsdlWriter.TryWriteCsdl(model, writer, out var errors), errors);
            }
            return stream.ToArray();
        }
    }

    private static void Check(bool written, IEnumerable<Microsoft.OData.Edm.Validation.EdmError> errors)
    {
        if (!written)
        {
            throw new InvalidOperationException($"The model cannot be written: {string.Join("; ", errors.Select(error => error.ErrorMessage))}");
        }
    }
}
