// The reader of bench files: a bench, or problems with their places, and nothing else.
using Tern.HostEmulator;

namespace Tern.Fuzz.Tests;

internal sealed class BenchDecoder : Decoder
{
    internal override string Name => "bench";

    internal override int Inputs => 1_000;

    internal override IReadOnlyList<byte[]> Samples { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Benches"), "*.xml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    internal override IReadOnlyList<byte[]> Tokens { get; } =
        [.. Texts.Tokens, .. Texts.Of("<board name='x'>", "</board>", "<network/>", "<expect>", "</expect>", "<fault kind='unplug' boards='ecu1'/>", "<device kind='fpga' spi='f' interrupt='i'/>", "memory=\"4T\"", "page-size=\"3\"")];

    internal override int MostBytes => 64 * 1024;

    internal override void Take(byte[] input)
    {
        try
        {
            Bench bench = BenchReader.Read(TextFile.Decode(input, "fuzz.xml"), "fuzz.xml");
            Assert.IsNotEmpty(bench.Boards);
        }
        catch (TextFileException e)
        {
            Assert.IsTrue(e.Line > 0 && e.Column > 0, e.Message);
        }
        catch (BenchException e)
        {
            Assert.IsNotEmpty(e.Problems);
            foreach (BenchProblem problem in e.Problems)
            {
                Assert.IsTrue(problem.Message.Length > 0 && problem.Line >= 0 && problem.Column >= 0, problem.ToString());
            }
        }
    }
}
