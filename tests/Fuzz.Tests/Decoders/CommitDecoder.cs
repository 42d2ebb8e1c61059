// The commits of a DSM, as a writer may announce them in any order: what can be read is what a naive list says.
using System.Buffers.Binary;
using Tern.Cms;
using Tern.Kernel;

namespace Tern.Fuzz.Tests;

internal sealed class CommitDecoder : Decoder
{
    private const int Record = 16;

    internal override string Name => "dsm-commit";

    internal override int Inputs => 5_000;

    internal override IReadOnlyList<byte[]> Samples { get; } = [Sample(40, 64), Sample(30, 7), Sample(20, 1000)];

    internal override void Take(byte[] input)
    {
        var table = new CommitTable();
        List<Checkpoint> model = [];
        for (int at = 0; at + Record <= input.Length; at += Record)
        {
            Checkpoint said = Said(input.AsSpan(at));

            // Whatever comes in a frame has passed this.
            if (said.Offset < 0 || said.Size < 0 || said.Commit < 0 || said.Offset > int.MaxValue - said.Size)
            {
                continue;
            }

            Error error = table.Set(in said);
            if (said.Size == 0)
            {
                Assert.AreEqual(Error.BadArgument, error);
                continue;
            }

            model.RemoveAll(other => (long)other.Offset < (long)said.Offset + said.Size && said.Offset < (long)other.Offset + other.Size);
            Assert.AreEqual(model.Count < CommitTable.Capacity ? Error.None : Error.Full, error);
            if (error == Error.None)
            {
                model.Add(said);
            }

            Checkpoint other = said;
            other.Crc++;
            Assert.IsFalse(table.Has(in other));
            foreach (Checkpoint known in model)
            {
                Assert.IsTrue(table.Has(in known), $"{known.Offset}+{known.Size}");
            }
        }
    }

    private static Checkpoint Said(ReadOnlySpan<byte> bytes) => new()
    {
        Offset = BinaryPrimitives.ReadInt32LittleEndian(bytes),
        Size = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        Commit = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
        Crc = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
    };

    private static byte[] Sample(int count, int stride)
    {
        var bytes = new byte[count * Record];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * Record), i * stride % 700);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((i * Record) + 4), stride);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan((i * Record) + 8), i);
        }

        return bytes;
    }
}
