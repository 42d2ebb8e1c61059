// The configuration of any one program, in init's place: it does not fault, and complains of what is no text.
using Tern.HostEmulator;
using Tern.Kernel;
using Tern.Os;
using Tern.Tests;

namespace Tern.Fuzz.Tests;

/// <summary>The decoder of a program's configuration.</summary>
/// <param name="binary">The program.</param>
/// <param name="inputs">How many inputs it gets.</param>
/// <param name="samples">Configurations in which nothing is wrong.</param>
internal sealed class ProgramConfigDecoder(string binary, int inputs, params string[] samples) : Decoder
{
    internal const string Network = """<vfs><dir name="dev"><log/></dir><dir name="socket"><lwip ip_addr="10.0.1.2" netmask="255.255.255.0" gateway="10.0.1.1"/></dir></vfs>"""
        + """<libc stdout="/dev/log" socket="/socket"/>""";

    internal override string Name => binary + "-config";

    internal override int Inputs => inputs;

    internal override IReadOnlyList<byte[]> Samples { get; } = Texts.Of(samples);

    internal override IReadOnlyList<byte[]> Tokens { get; } =
        [.. Texts.Tokens, .. Texts.Of("<vfs>", "</vfs>", "<dir>", "<lwip ", "dhcp=\"yes\"", "port=\"99999\"", "period_ms=\"0\"", "<?at 1 1?>", "<?at 9999999 9999999?>", "64K")];

    internal override void Take(byte[] input)
    {
        TestBoard board = StateBench.Board().With("init", Programs.Make(binary)!).WithModule("config", input);
        var kernel = new Microkernel(board);
        Assert.AreEqual(Error.None, kernel.Boot());
        Assert.IsLessThan(Drive.Endless, Drive.Settle(kernel));
        Assert.IsFalse(board.Logged("fault"), string.Join('\n', board.Lines.ToArray()));

        // A module of no bytes is as good as none: core does not have it.
        Assert.IsTrue(input.Length == 0 || XmlNode.TryParse(input, out _, out _) || board.Logged("Error: config "), "it is silent about what is no XML");
    }
}
