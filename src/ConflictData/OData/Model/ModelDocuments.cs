using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace ConflictData.OData;

/// <summary>The $metadata documents, written once.</summary>
internal static class ModelDocuments
{
    private static readonly Lock Writing = new();

    public static byte[] Xml40 { get; } = WriteXml(EdmConstants.EdmVersion4);

    public static byte[] Xml401 { get; } = WriteXml(EdmConstants.EdmVersion401);

    /// <summary>JSON CSDL exists from 4.01 on.</summary>
    public static byte[] Json { get; } = WriteJson();

    /// <summary>Changes with the model: part of every ETag.</summary>
    public static string SchemaVersion { get; } = Convert.ToHexStringLower(SHA256.HashData(Xml401))[..12];

    private static byte[] WriteXml(Version version)
    {
        lock (Writing)
        {
            ODataModel.Edm.SetEdmVersion(version);
            using var stream = new MemoryStream();
            using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
            {
                Check(CsdlWriter.TryWriteCsdl(ODataModel.Edm, writer, CsdlTarget.OData, out var errors), errors);
            }
            return stream.ToArray();
        }
    }

    private static byte[] WriteJson()
    {
        lock (Writing)
        {
            ODataModel.Edm.SetEdmVersion(EdmConstants.EdmVersion401);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            {
                Check(CsdlWriter.TryWriteCsdl(ODataModel.Edm, writer, out var errors), errors);
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
