// Makes inputs out of sound ones. Invariant: the number of an input and the name of its decoder decide its bytes.
using System.Buffers.Binary;

namespace Tern.Fuzz.Tests;

/// <summary>The inputs of a decoder, by number.</summary>
internal sealed class Mutator(Decoder decoder)
{
    private static readonly int[] Edges =
    [
        0, 1, -1, 2, 7, 8, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, -0x7fffffff - 1, 0x7ffffffe, 0x40000000, -2, -64,
    ];

    /// <summary>Makes an input.</summary>
    internal byte[] Make(long number)
    {
        var random = new Random(Seed(decoder.Name, number));
        List<byte> bytes = [.. decoder.Samples[random.Next(decoder.Samples.Count)]];
        for (int changes = 1 + random.Next(random.Next(4) == 0 ? 16 : 4); changes > 0; changes--)
        {
            Change(bytes, random);
        }

        byte[] input = [.. bytes.Take(decoder.MostBytes)];
        return random.Next(8) == 0 ? input : decoder.Close(input);
    }

    private static int Seed(string name, long number)
    {
        uint seed = 2166136261;
        foreach (char letter in name + ":" + number.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            seed = (seed ^ letter) * 16777619;
        }

        return (int)seed;
    }

    private void Change(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(bytes.Count - at, 1 + random.Next(random.Next(3) == 0 ? 200 : 16));
        switch (random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                SetWord(bytes, at & ~3, Edges[random.Next(Edges.Length)], random.Next(2) == 0 ? 4 : 1 + random.Next(4));
                break;
            case 3 when length >= 4:
                int aligned = at & ~3;
                SetWord(bytes, aligned, BinaryPrimitives.ReadInt32LittleEndian([.. bytes.Skip(aligned).Take(4)]) + random.Next(-16, 17), 4);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6:
                byte[] other = decoder.Samples[random.Next(decoder.Samples.Count)];
                int from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.Skip(from).Take(1 + random.Next(100)));
                break;
            case 7 when decoder.Tokens.Count > 0:
                byte[] token = decoder.Tokens[random.Next(decoder.Tokens.Count)];
                bytes.RemoveRange(at, random.Next(2) == 0 ? Math.Min(token.Length, bytes.Count - at) : 0);
                bytes.InsertRange(at, token);
                break;
            default:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
        }
    }

    private static void SetWord(List<byte> bytes, int at, int value, int size)
    {
        for (int i = 0; i < size && at + i < bytes.Count; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * i));
        }
    }
}
