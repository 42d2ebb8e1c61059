// The shapes of which records consist. A shape reads itself and says what is out of range; all that the tools know of the
// layout stands in ImageSchema, written in these words.
namespace Tern.HostEmulator;

/// <summary>Something that a record consists of.</summary>
internal abstract class ImageShape
{
    /// <summary>Reads from a cursor into a record.</summary>
    internal abstract void Read(ImageCursor cursor, ImageRecord record);

    /// <summary>A number.</summary>
    internal static ImageShape Number(string name, FieldType type, long least = long.MinValue, long most = long.MaxValue, Func<long, string?>? meaning = null) =>
        new NumberShape(name, type, least, most, meaning);

    /// <summary>A name of at most so many bytes.</summary>
    internal static ImageShape Name(string name, int least, int most) => new NameShape(name, least, most);

    /// <summary>As many numbers as a field before says.</summary>
    internal static ImageShape List(string name, FieldType type, string count) => new ListShape(name, type, count);

    /// <summary>As many bytes as a field before says.</summary>
    internal static ImageShape Bytes(string name, string count) => new BytesShape(name, count);

    /// <summary>A record in the record.</summary>
    internal static ImageShape Nested(string name, params ImageShape[] shapes) => new NestedShape(name, shapes);

    /// <summary>Only where the record so far says so.</summary>
    internal static ImageShape When(Func<ImageRecord, bool> condition, params ImageShape[] shapes) => new WhenShape(condition, shapes);

    /// <summary>Reads a whole record.</summary>
    internal static ImageRecord ReadRecord(ImageCursor cursor, string name, int number, ImageShape[] shapes)
    {
        var record = new ImageRecord(name, number, cursor.At);
        foreach (ImageShape shape in shapes)
        {
            shape.Read(cursor, record);
        }

        record.End = cursor.At;
        record.IsWhole = cursor.IsGood;
        return record;
    }

    private sealed class NumberShape(string name, FieldType type, long least, long most, Func<long, string?>? meaning) : ImageShape
    {
        internal override void Read(ImageCursor cursor, ImageRecord record)
        {
            if (!cursor.Number(name, type, out long value, out int at))
            {
                return;
            }

            record.Add(new ImageField(name, type, at, ImageCursor.SizeOf(type), value, Meaning: meaning?.Invoke(value)));
            if (value < least || value > most)
            {
                cursor.Fault(at, $"{name} is {Invariant.Of(value)}; it may be {Range(least, most)}");
            }
        }

        private static string Range(long least, long most) =>
            least == most ? "only " + Invariant.Of(least)
            : most == long.MaxValue ? $"{Invariant.Of(least)} or more"
            : $"from {Invariant.Of(least)} to {Invariant.Of(most)}";
    }

    private sealed class NameShape(string name, int least, int most) : ImageShape
    {
        internal override void Read(ImageCursor cursor, ImageRecord record)
        {
            if (!cursor.Number(name, FieldType.U8, out long length, out int at))
            {
                return;
            }

            if (length < least || length > most)
            {
                cursor.Fault(at, $"{name} has {Quantity.Count(length, "byte")}; a name has from {Invariant.Of(least)} to {Invariant.Of(most)}");
            }

            if (cursor.Utf8(name, (int)length, out string text))
            {
                record.Add(new ImageField(name, FieldType.Name, at, 1 + (int)length, length, text));
            }
        }
    }

    private sealed class ListShape(string name, FieldType type, string count) : ImageShape
    {
        internal override void Read(ImageCursor cursor, ImageRecord record)
        {
            for (int i = 0; i < record.Int(count); i++)
            {
                string numbered = $"{name}[{Invariant.Of(i)}]";
                if (!cursor.Number(numbered, type, out long value, out int at))
                {
                    return;
                }

                record.Add(new ImageField(numbered, type, at, ImageCursor.SizeOf(type), value));
            }
        }
    }

    private sealed class BytesShape(string name, string count) : ImageShape
    {
        internal override void Read(ImageCursor cursor, ImageRecord record)
        {
            int at = cursor.At;
            int length = record.Int(count);
            if (length > 0 && cursor.Hex(name, length, out string text))
            {
                record.Add(new ImageField(name, FieldType.Bytes, at, length, length, text));
            }
        }
    }

    private sealed class NestedShape(string name, ImageShape[] shapes) : ImageShape
    {
        internal override void Read(ImageCursor cursor, ImageRecord record)
        {
            if (cursor.IsGood)
            {
                record.Add(ReadRecord(cursor, name, 0, shapes));
            }
        }
    }

    private sealed class WhenShape(Func<ImageRecord, bool> condition, ImageShape[] shapes) : ImageShape
    {
        internal override void Read(ImageCursor cursor, ImageRecord record)
        {
            // What a condition asks for has been read, or nothing is read any more.
            foreach (ImageShape shape in cursor.IsGood && condition(record) ? shapes : [])
            {
                shape.Read(cursor, record);
            }
        }
    }
}
