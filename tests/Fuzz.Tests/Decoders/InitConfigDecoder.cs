// init's configuration: whatever it says, init neither faults nor goes in circles, and nor does an init that it starts.
using Tern.Os.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class InitConfigDecoder : Decoder
{
    private const string Mixed = """<config verbose="yes"><parent-provides><service name="Timer"/><service name="ROM"/><service name="LOG"/></parent-provides>"""
        + """<affinity-space width="2"/><default caps="60" ram="16K"/><default-route><any-service><parent/><any-child/></any-service></default-route>"""
        + """<start name="server" restart="yes"><binary name="actor"/><provides><service name="S"/></provides><config><announce name="S"/></config></start>"""
        + """<start name="client" priority="7"><binary name="actor"/><config><open name="S" label="x"/><call name="Timer"/><exit/></config>"""
        + """<route><service name="S" label_prefix="x"><child name="server" label="y"/></service><any-service><parent/></any-service></route></start>"""
        + """<start name="drivers" caps="200"><binary name="init"/><resource name="RAM" quantum="64K"/><config><default ram="8K" caps="20"/>"""
        + """<start name="drv"><binary name="actor"/><config><fault/></config></start></config></start></config>""";

    internal override string Name => "init-config";

    internal override int Inputs => 150;

    internal override IReadOnlyList<byte[]> Samples { get; } =
        Texts.Of(Mixed, "<config>" + Listings.NicRouter + Listings.Manager + Listings.RtcrDummy + "</config>");

    internal override IReadOnlyList<byte[]> Tokens { get; } =
        [.. Texts.Tokens, .. Texts.Of("<any-child/>", "restart=\"yes\"", "<fault/>", "<exit/>", "actor", "init", "server", "<route>", "</route>", "</start>")];

    internal override void Take(byte[] input)
    {
        InitBench bench = new InitBench().With("manager", new Actor()).With("nic_router", new Actor()).With("rtcr_dummy", new Actor());
        bench.Profile.BankSizes = [512 * 1024];
        bench.Profile.MaxSessions = 64;
        bench.Profile.MaxRequests = 32;
        bench.Boot(input);
        bench.Run(5);
        bench.ExpectNot("[init] fault");
        bench.ExpectNot("[init -> drivers] fault");
    }
}
