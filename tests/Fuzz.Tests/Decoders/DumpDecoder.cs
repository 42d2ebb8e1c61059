// The reader of capability dumps: the capabilities of a dump that is whole, or what is wrong and where.
using System.Text;
using Tern.HostEmulator;

namespace Tern.Fuzz.Tests;

internal sealed class DumpDecoder : Decoder
{
    internal override string Name => "capability-dump";

    internal override int Inputs => 1_000;

    internal override IReadOnlyList<byte[]> Samples { get; } =
    [
        Encoding.UTF8.GetBytes(CapabilityRows.Ended("# Before checkpoint\n000000\t-\t00025-SW Task\t-\t-\n000008\t0002b-SW Gate\t0002d-SW IRQ\t-\t0002b-SW Gate\n")),
    ];

    internal override IReadOnlyList<byte[]> Tokens { get; } = [.. Texts.Of("\t-", "7fffffff\t1-SW Gate", "-SW ", "# end: 5 capabilities", "# end: 0 capabilities", "\n")];

    internal override int MostBytes => 64 * 1024;

    internal override void Take(byte[] input)
    {
        try
        {
            SortedDictionary<int, CapabilityCell> cells = CapabilityRows.Read(TextFile.Decode(input, "fuzz.txt"), "fuzz.txt");
            Assert.IsTrue(cells.Keys.All(selector => selector >= 0), "a selector is a number from 0 on");
            Assert.IsEmpty(new CapabilityDiff(cells, cells).Lines, "a dump is equal to itself");
        }
        catch (Exception e) when (e is InvalidDataException or TextFileException)
        {
            Assert.StartsWith("fuzz.txt", e.Message);
        }
    }
}
