// An image as JSON, for scripts: every field under the name that ImageSchema gives it, in the image's order, with its offset.
// Invariant: the same image gives the same bytes.
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tern.HostEmulator;

internal static class ImageJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default };

    /// <summary>Writes a document, or one of its parts.</summary>
    internal static void Write(TextWriter writer, ImageDocument document, string? section)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("image_bytes", document.Bytes.Length);
            WriteParts(json, document);
            if (section is null or "header")
            {
                json.WritePropertyName("header");
                WriteRecord(json, document.Header, null);
            }

            json.WriteStartObject("sections");
            foreach (ImageSection read in document.Sections.Where(read => section is null || read.Shape.Name == section))
            {
                WriteSection(json, document, read);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        writer.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void WriteParts(Utf8JsonWriter json, ImageDocument document)
    {
        json.WriteStartArray("parts");
        foreach (ImagePart part in document.Parts())
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteNumber("offset", part.At);
            json.WriteNumber("size", part.Size);
            if (part.Count is { } count)
            {
                json.WriteNumber("records", count);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSection(Utf8JsonWriter json, ImageDocument document, ImageSection section)
    {
        json.WriteStartArray(section.Shape.Name);
        ImageEntries? entries = section.Shape.Section == Rtcr.Section.Entries ? new ImageEntries(document) : null;
        foreach (ImageRecord record in section.Records)
        {
            WriteRecord(json, record, entries?.Describe(record.Number));
        }

        json.WriteEndArray();
        if (section.Faults.Count > 0)
        {
            json.WriteStartArray(section.Shape.Name + "_faults");
            foreach (ImageFault fault in section.Faults)
            {
                json.WriteStartObject();
                json.WriteNumber("offset", fault.At);
                json.WriteString("fault", fault.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteRecord(Utf8JsonWriter json, ImageRecord record, string? description)
    {
        json.WriteStartObject();
        json.WriteNumber("offset", record.At);
        json.WriteNumber("number", record.Number);
        if (description is not null)
        {
            json.WriteString("description", description);
        }

        WriteFields(json, record);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, ImageRecord record)
    {
        string? list = null;
        foreach (object part in record.Parts)
        {
            string? inList = part is ImageField numbered && numbered.Name.EndsWith(']') ? numbered.Name[..numbered.Name.IndexOf('[', StringComparison.Ordinal)] : null;
            if (inList != list)
            {
                EndList(json, list);
                if (inList is not null)
                {
                    json.WriteStartArray(inList + "s");
                }

                list = inList;
            }

            WritePart(json, part, list is not null);
        }

        EndList(json, list);
    }

    private static void EndList(Utf8JsonWriter json, string? list)
    {
        if (list is not null)
        {
            json.WriteEndArray();
        }
    }

    private static void WritePart(Utf8JsonWriter json, object part, bool inList)
    {
        if (part is ImageRecord nested)
        {
            json.WriteStartObject(nested.Name);
            WriteFields(json, nested);
            json.WriteEndObject();
            return;
        }

        var field = (ImageField)part;
        if (inList)
        {
            json.WriteNumberValue(field.Number);
            return;
        }

        // The record's own place and number have these names.
        string name = field.Name is "offset" or "number" ? "field_" + field.Name : field.Name;
        if (field.Text is not null)
        {
            json.WriteString(name, field.Text);
        }
        else
        {
            json.WriteNumber(name, field.Number);
        }

        if (field.Meaning is not null)
        {
            json.WriteString(name + "_name", field.Meaning);
        }
    }
}
