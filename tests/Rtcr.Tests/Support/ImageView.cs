// An image as text: everything that the format tells of a target, but for what may differ after a restore: badges, and the
// header's commit, epoch, MAC address and checksum. Written from docs/checkpoint-image.md alone, not with RTCR's reader.
using System.Text;

namespace Tern.Tests;

/// <summary>Reads images independently of RTCR, and knows where each of their fields is.</summary>
public sealed class ImageView
{
    private const int Header = 128;
    private const int Trailer = 32;
    private const int Most = 20000;
    private const int InitialMemory = 0x10000;
    private const int RegionSize = 17;

    private readonly byte[] _image;
    private readonly StringBuilder _text = new StringBuilder();
    private readonly int[] _fieldAt = new int[Most];
    private readonly byte[] _fieldSize = new byte[Most];
    private readonly int[] _kind = new int[Most];
    private readonly int[] _memory = new int[Most];
    private readonly bool[] _isSpace = new bool[Most];
    private int _at;
    private int _block = -1;
    private readonly bool[] _isBadge;

    /// <summary>Reads an image that is well-formed.</summary>
    public ImageView(byte[] image)
    {
        _image = image;
        _isBadge = new bool[image.Length];
        for (int at = 0; at < Header; at += 4)
        {
            Note(at, 4);
        }

        Identity();
        Domains();
        Entries();
        Calls();
        Capabilities();
        Regions();
        Threads();
        Requests();
        Exports();
        Contents();
    }

    /// <summary>The target, as text.</summary>
    public string Text => _text.ToString();

    /// <summary>How many fields were read: the header's words and all of the sections.</summary>
    public int Fields { get; private set; }

    public int FieldAt(int index) => _fieldAt[index];

    public int FieldSize(int index) => _fieldSize[index];

    /// <summary>The first byte of the memory contents.</summary>
    public int MemoryAt => Word(40);

    /// <summary>Where, in a target's initial memory, the image has the runtime's block.</summary>
    public int RuntimeBlockAt => MemoryAt + _block;

    private void Identity()
    {
        Begin(0, "identity");
        Line("name " + Name() + " program " + Name());
        int ram = Int32();
        int high = Int32();
        Line("ram " + ram + "," + high + " caps " + Int32());
        Line("priority " + Byte());
        Line("config " + Int32());
    }

    private void Domains()
    {
        int count = Begin(1, "domains");
        for (int i = 0; i < count; i++)
        {
            string line = "domain " + UInt16();
            int ram = Int32();
            int high = Int32();
            Line(line + " ram " + ram + "," + high + " caps " + Int32() + " token " + Int32() + " fault " + Int32());
        }
    }

    private void Entries()
    {
        int count = Begin(2, "entries");
        for (int entry = 0; entry < count; entry++)
        {
            int kind = Byte();
            if (kind == 0)
            {
                continue;
            }

            string name = Name();
            int type = Byte();
            Int32();
            int size = Int32();
            int memory = Int32();
            if (kind == 10)
            {
                _block = memory;
            }

            _kind[entry] = kind;
            _memory[entry] = memory;
            Line(entry + ": kind " + kind + " '" + name + "' type " + type + " size " + size + " memory " + memory + " handler " + UInt16());
            int leader = UInt16();
            Line(" maker " + leader + " result " + Byte());
            _isSpace[entry] = kind == 2;
            if (leader == entry)
            {
                _isSpace[entry] |= _kind[Half(_at)] == 13 && Word(_at + 2) == 4;
                Call();
            }

            int words = Byte();
            for (int i = 0; i < words; i++)
            {
                Line(" state " + Int32());
            }
        }
    }

    private void Calls()
    {
        int count = Begin(3, "calls");
        for (int i = 0; i < count; i++)
        {
            Call();
        }
    }

    private void Capabilities()
    {
        int count = Begin(4, "capabilities");
        for (int i = 0; i < count; i++)
        {
            Line("in " + UInt16() + " " + UInt16() + " names " + UInt16());
        }
    }

    private void Regions()
    {
        int count = Begin(5, "regions");
        int first = _at;
        for (int i = 0; i < count; i++)
        {
            string line = "in " + UInt16() + " shows " + UInt16();
            Line(line + " at " + Int32() + " size " + Int32() + " from " + Int32() + " rights " + Byte());
        }

        for (int i = 0; i < count; i++)
        {
            int at = first + (i * RegionSize);
            if (_isSpace[Half(at)] && Word(at + 4) == InitialMemory)
            {
                int block = MemoryAt + _memory[Half(at + 2)] + Word(at + 12);
                MaskMap(Half(at), first, count, Word(block + 8), Word(block + 8) + (4 * Word(block + 12)));
            }
        }
    }

    /// <summary>Marks the capability map of one domain, wherever its address space shows it.</summary>
    private void MaskMap(int map, int first, int count, int address, int end)
    {
        for (int i = 0; i < count; i++)
        {
            int at = first + (i * RegionSize);
            int start = Word(at + 4);
            for (int place = start; Half(at) == map && place < start + Word(at + 8); place++)
            {
                if (place >= address && place < end)
                {
                    _isBadge[MemoryAt + _memory[Half(at + 2)] + Word(at + 12) + place - start] = true;
                }
            }
        }
    }

    private void Threads()
    {
        int count = Begin(6, "threads");
        for (int i = 0; i < count; i++)
        {
            Line("thread " + UInt16() + " flags " + Byte() + " pauses " + Byte() + " priority " + Byte()
                + " affinity " + Int32() + " " + Int32());
        }
    }

    private void Requests()
    {
        int count = Begin(7, "requests");
        for (int i = 0; i < count; i++)
        {
            int phase = Byte();
            if (phase == 4)
            {
                Line("signal " + UInt16() + " times " + Int32());
                continue;
            }

            Line("phase " + phase + " from " + UInt16() + " thread " + UInt16()
                + " label " + Int32() + " outcome " + Int32() + " token " + Int32() + " kept by " + UInt16());
            Call();
        }
    }

    private void Exports()
    {
        int count = Begin(8, "exports");
        for (int i = 0; i < count; i++)
        {
            int kind = Byte();
            int number = Int32();
            Line("kind " + kind + " number " + number + (kind == 0 ? " flags " : " entry ") + UInt16());
            if (kind == 1 || kind == 2)
            {
                Line(" service " + Name());
            }

            if (kind == 2)
            {
                Call();
            }
        }
    }

    /// <summary>The memory contents; in the capability map, only which selectors are in use.</summary>
    private void Contents()
    {
        Line("memory");
        int end = _image.Length - Trailer;
        uint hash = 17;
        for (int at = MemoryAt; at < end; at++)
        {
            int value = _isBadge[at] ? (Word(at & ~3) != 0 ? 1 : 0) : _image[at];
            hash = (hash * 31) + (uint)value;
            if ((at - MemoryAt) % 256 == 255)
            {
                _text.Append(Hex(hash));
                _text.Append((at - MemoryAt) % 4096 == 4095 ? '\n' : ' ');
                hash = 17;
            }
        }
    }

    private static string Hex(uint value)
    {
        string text = "";
        for (int i = 0; i < 8; i++)
        {
            text = "0123456789abcdef".Substring((int)(value & 15), 1) + text;
            value >>= 4;
        }

        return text;
    }

    private void Call()
    {
        string line = " call of " + UInt16() + " opcode " + Int32();
        int words = Byte();
        int objects = Byte();
        int length = Byte();
        for (int i = 0; i < words; i++)
        {
            line += " " + Int32();
        }

        for (int i = 0; i < objects; i++)
        {
            line += " #" + UInt16();
        }

        Line(line + " '" + Characters(length) + "'");
    }

    private int Begin(int section, string name)
    {
        _at = Word(44 + (8 * section));
        int count = Word(48 + (8 * section));
        Line(name + " " + count);
        return count;
    }

    private void Line(string text)
    {
        _text.Append(text);
        _text.Append('\n');
    }

    private void Note(int at, int size)
    {
        Assert.IsTrue(Fields < Most && at + size <= _image.Length, "field " + at);
        _fieldAt[Fields] = at;
        _fieldSize[Fields++] = (byte)size;
    }

    private int Byte()
    {
        Note(_at, 1);
        return _image[_at++];
    }

    private int UInt16()
    {
        Note(_at, 2);
        _at += 2;
        return _image[_at - 2] | (_image[_at - 1] << 8);
    }

    private int Int32()
    {
        Note(_at, 4);
        _at += 4;
        return Word(_at - 4);
    }

    private string Name() => Characters(Byte());

    private string Characters(int length)
    {
        string text = Encoding.UTF8.GetString(_image, _at, length);
        for (int i = 0; i < length; i++)
        {
            Note(_at + i, 1);
        }

        _at += length;
        return text;
    }

    private int Half(int at) => _image[at] | (_image[at + 1] << 8);

    private int Word(int at) => ImageSeal.Get(_image, at);
}
