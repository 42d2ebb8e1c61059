// The co-processor's driver's configuration: the driver does not fault, complains of what is no text, and stays within its ranges.
using Tern.Kernel;
using Tern.Os;
using Tern.Os.Tests;
using Tern.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class FpgaConfigDecoder : Decoder
{
    private const string Whole = """<config spi="fpga" interrupt="fpga" memory="256K" frames="4"><policy label_prefix="a" memory="64K"/><policy memory="4K"/></config>""";

    internal override string Name => "fpga-config";

    internal override int Inputs => 300;

    internal override IReadOnlyList<byte[]> Samples { get; } = Texts.Of(Whole);

    internal override IReadOnlyList<byte[]> Tokens { get; } =
        [.. Texts.Tokens, .. Texts.Of("<policy ", "memory=\"", "label_prefix=\"", "frames=\"3\"", "frames=\"256\"", "memory=\"1G\"", "memory=\"2G\"", "spi=\"\"", "interrupt=\"\"")];

    internal override void Take(byte[] input)
    {
        TestBoard board = StateBench.Board().With("init", new FpgaDriver()).WithModule("config", input);
        board.Spi = new FakeFpga { Board = board };
        var kernel = new Microkernel(board);
        Assert.AreEqual(Error.None, kernel.Boot());
        Assert.IsLessThan(Drive.Endless, Drive.Settle(kernel));
        Assert.IsFalse(board.Logged("fault"), board.Lines.Count > 0 ? (string)board.Lines[0]! : "");

        // A module of no bytes is as good as none: core does not have it.
        Assert.IsTrue(input.Length == 0 || XmlNode.TryParse(input, out _, out _) || board.Logged("Error: config "), "it is silent about what is no XML");
    }
}
