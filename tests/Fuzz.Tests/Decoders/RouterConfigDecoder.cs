// nic_router's configuration: the router does not fault, and complains of what is no text.
using Tern.Kernel;
using Tern.Os;
using Tern.Os.Tests;
using Tern.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class RouterConfigDecoder : Decoder
{
    private const string Rules = """<config report="yes"><policy label_prefix="a" domain="a"/><policy label="b" domain="b"/><policy label_suffix="c" domain="b"/>"""
        + """<domain name="a" interface="10.0.0.1/24"><tcp dst="10.0.1.0/24"><permit port="80" domain="b"/><permit-any domain="b"/></tcp>"""
        + """<udp dst="0.0.0.0/0"><permit-any domain="b"/></udp><nat domain="b" tcp-ports="10" udp-ports="10"/>"""
        + """<tcp-forward port="80" domain="b" to="10.0.1.2" to_port="81"/></domain><domain name="b" interface="10.0.1.1/24"/></config>""";

    internal override string Name => "nic_router-config";

    internal override int Inputs => 300;

    internal override IReadOnlyList<byte[]> Samples { get; } = Texts.Of(Rules, Config(Listings.NicRouter));

    internal override IReadOnlyList<byte[]> Tokens { get; } =
        [.. Texts.Tokens, .. Texts.Of("<permit-any domain=\"b\"/>", "<nat domain=\"a\"/>", "domain=\"b\"", "port=\"80\"", "/24", "10.0.1.2", "<policy", "<domain")];

    internal override void Take(byte[] input)
    {
        TestBoard board = StateBench.Board().With("init", new NicRouter()).WithModule("config", input);
        var kernel = new Microkernel(board);
        Assert.AreEqual(Error.None, kernel.Boot());
        Assert.IsLessThan(Drive.Endless, Drive.Settle(kernel));
        Assert.IsFalse(board.Logged("fault"), board.Lines.Count > 0 ? (string)board.Lines[0]! : "");

        // A module of no bytes is as good as none: core does not have it.
        Assert.IsTrue(input.Length == 0 || XmlNode.TryParse(input, out _, out _) || board.Logged("Error: config "), "it is silent about what is no XML");
    }

    private static string Config(string start)
    {
        int at = start.IndexOf("<config", StringComparison.Ordinal);
        return start[at..(start.IndexOf("</config>", StringComparison.Ordinal) + "</config>".Length)];
    }
}
