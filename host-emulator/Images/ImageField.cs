// What was read of an image: fields with their places, in records that may be nested.
// Invariant: a field that the image was too short for is not there; asking for it gives 0, nothing or an empty list.
namespace Tern.HostEmulator;

/// <summary>How a value is written.</summary>
internal enum FieldType
{
    U8,
    U16,
    I32,
    I64,

    /// <summary>A number in the section of entries; −1 for none.</summary>
    Entry,

    /// <summary>A length and as many bytes of UTF-8.</summary>
    Name,

    /// <summary>Bytes whose number stands before.</summary>
    Bytes,
}

/// <summary>One value, and where the image has it.</summary>
/// <param name="Name">Its name, unique in its record; values of a list are numbered.</param>
/// <param name="Type">How it is written.</param>
/// <param name="At">Byte offset in the image.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Number">The value of a number.</param>
/// <param name="Text">A name as text; bytes as hexadecimal digits.</param>
/// <param name="Meaning">What a number stands for, where it stands for something.</param>
internal sealed record ImageField(string Name, FieldType Type, int At, int Size, long Number, string? Text = null, string? Meaning = null)
{
    /// <summary>The value for people.</summary>
    internal string Shown => Text is not null ? Type == FieldType.Name ? $"\"{Printable.Of(Text)}\"" : Text
        : Type == FieldType.Entry ? Number < 0 ? "none" : "#" + Invariant.Of(Number)
        : Meaning is null ? Invariant.Of(Number) : $"{Invariant.Of(Number)} ({Meaning})";
}

/// <summary>Fields that belong together, in the image's order.</summary>
/// <param name="Name">Its name; empty for a section's record.</param>
/// <param name="Number">Its number in its section.</param>
/// <param name="At">Byte offset in the image.</param>
internal sealed record ImageRecord(string Name, int Number, int At)
{
    private readonly List<object> _parts = [];

    /// <summary>The byte behind its last one.</summary>
    internal int End { get; set; } = At;

    /// <summary>Fields, and records for what is nested.</summary>
    internal IReadOnlyList<object> Parts => _parts;

    internal IEnumerable<ImageField> Fields => _parts.OfType<ImageField>();

    /// <summary>Whether it was read to its end.</summary>
    internal bool IsWhole { get; set; }

    internal void Add(ImageField field) => _parts.Add(field);

    internal void Add(ImageRecord record) => _parts.Add(record);

    internal bool Has(string name) => Find(name) is not null;

    internal ImageField? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>A number; 0 when it is not there.</summary>
    internal long Long(string name) => Find(name)?.Number ?? 0;

    /// <summary>A number that has at most 32 bits.</summary>
    internal int Int(string name) => (int)Long(name);

    internal string Text(string name) => Find(name)?.Text ?? "";

    /// <summary>Where a field stands; where the record begins when it is not there.</summary>
    internal int PlaceOf(string name) => Find(name)?.At ?? At;

    internal ImageRecord? Nested(string name) => _parts.OfType<ImageRecord>().FirstOrDefault(record => record.Name == name);

    /// <summary>The values of a list.</summary>
    internal ImageField[] List(string name) => [.. Fields.Where(field => field.Name.StartsWith(name + "[", StringComparison.Ordinal))];

    /// <summary>All fields, those of nested records as <c>call.opcode</c>.</summary>
    internal IEnumerable<(string Path, ImageField Field)> Flat()
    {
        foreach (object part in _parts)
        {
            if (part is ImageField field)
            {
                yield return (field.Name, field);
            }
            else if (part is ImageRecord record)
            {
                foreach ((string path, ImageField inner) in record.Flat())
                {
                    yield return (record.Name + "." + path, inner);
                }
            }
        }
    }
}
