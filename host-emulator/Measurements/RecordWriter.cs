// Figures for programs: lines of CSV, and one document of JSON. Numbers are whole, and lines end alike on every host.
using System.Text;
using System.Text.Json;

namespace Tern.HostEmulator;

internal static class RecordWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes a line of CSV: a word, then numbers.</summary>
    internal static void WriteLine(TextWriter writer, string word, IEnumerable<long> numbers) =>
        writer.WriteLine(word + "," + string.Join(',', numbers.Select(Invariant.Of)));

    /// <summary>Writes one document.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="members">Writes the members of its only object.</param>
    internal static void WriteJson(TextWriter writer, Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>Writes a member of a document that is an array of objects.</summary>
    /// <param name="json">To where.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="items">What the objects are made of.</param>
    /// <param name="write">Writes an object's members.</param>
    internal static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
