using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConflictData.Query;

/// <summary>
/// The text of an object whose values are all null, such as <c>{"Id":null,"Low":null},</c>, and where each value stands in
/// it. Writing a row is then copying this text from value to value, so that nulls, names and punctuation cost next to nothing.
/// </summary>
internal sealed class JsonTemplate
{
    /// <summary>Copies may read this far beyond what they need.</summary>
    private const int Overrun = 64;

    private readonly MemoryStream text = new();
    private readonly List<JsonSlot> slots = [];

    public JsonTemplate(IReadOnlyList<JsonField> fields, char separator)
    {
        AddObject(fields);
        text.WriteByte((byte)separator);
        Length = (int)text.Length;
        Text = GC.AllocateArray<byte>(Length + Overrun, pinned: true);
        text.ToArray().CopyTo(Text, 0);
    }

    /// <summary>Pinned, so that its address stays.</summary>
    public byte[] Text { get; }

    public int Length { get; }

    public IReadOnlyList<JsonSlot> Slots => slots;

    private void AddObject(IReadOnlyList<JsonField> fields)
    {
        text.WriteByte((byte)'{');
        var before = "";
        foreach (var field in fields)
        {
            text.Write(Encoding.UTF8.GetBytes($"{before}{field.Before}\"{JsonEncodedText.Encode(field.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":"));
            AddValue(field);
            before = ",";
        }

        text.WriteByte((byte)'}');
    }

    private void AddValue(JsonField field)
    {
        var start = (int)text.Length;
        var slot = slots.Count;
        slots.Add(default);
        if (field.Members is null)
        {
            text.Write("null"u8);
        }
        else
        {
            AddObject(field.Members);
        }

        slots[slot] = new(field.Column, start, (int)text.Length, field.Members is not null);
    }
}

/// <summary>Where a value stands in the template.</summary>
/// <param name="Column">The column that gives it, or tells whether the object is there.</param>
/// <param name="Start">Where the value starts.</param>
/// <param name="End">Where the text goes on behind it.</param>
/// <param name="IsObject">True for an object; the slots of its members follow.</param>
internal readonly record struct JsonSlot(int Column, int Start, int End, bool IsObject);
