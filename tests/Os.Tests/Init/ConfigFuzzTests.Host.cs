// Configurations that nobody meant: init says what is wrong, and neither faults nor goes in circles.
using System;
using System.Text;

namespace Tern.Os.Tests;

[TestClass]
public class ConfigFuzzTests
{
    private const string Seed = """<config verbose="yes"><parent-provides><service name="Timer"/><service name="ROM"/>"""
        + """<service name="LOG"/></parent-provides>"""
        + """<default caps="60" ram="16K"/><default-route><any-service><parent/><any-child/></any-service></default-route>"""
        + """<start name="server" restart="yes"><binary name="actor"/><provides><service name="S"/><service name="Nic"/></provides>"""
        + """<config><announce name="S"/><announce name="Nic"/></config></start>"""
        + """<start name="client" priority="7"><binary name="actor"/><config><open name="S" label="x"/><call name="Timer"/>"""
        + """<open name="Nic" close="yes"/><exit/></config>"""
        + """<route><service name="S" label_prefix="x"><child name="server" label="y"/></service><any-service><parent/>"""
        + """<any-child/></any-service></route></start>"""
        + """<start name="drivers" caps="200"><binary name="init"/><resource name="RAM" quantum="64K"/><config>"""
        + """<default ram="8K" caps="20"/>"""
        + """<start name="drv"><binary name="actor"/><config><fault/></config></start></config></start></config>""";

    private static readonly string[] Bits = ["<start name=\"a\"", "/>", "</config>", "<route>", "</route>", "<any-child/>",
        "restart=\"yes\"", "\"", "<fault/>", "<exit/>", "0", "9999999999", "-1", "&amp;", "ä", " ", "actor", "init", "S"];

    [TestMethod]
    public void MutationsOfBytesNeverStopInit()
    {
        for (int seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            byte[] text = Encoding.UTF8.GetBytes(Source(random));
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                text[random.Next(text.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : text[random.Next(text.Length)];
            }

            Survives(text, seed);
        }
    }

    [TestMethod]
    public void MutationsOfWordsNeverStopInit()
    {
        for (int seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            string text = Source(random);
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                int at = random.Next(text.Length);
                int length = random.Next(Math.Min(60, text.Length - at));
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, length),
                    1 => text.Insert(at, Bits[random.Next(Bits.Length)]),
                    _ => text.Insert(random.Next(text.Length), text.Substring(at, length)),
                };
            }

            Survives(Encoding.UTF8.GetBytes(text), seed);
        }
    }

    [TestMethod]
    public void AnyValueOfAnyAttributeIsSurvived()
    {
        // Well-formed whatever comes: so the meaning is judged, and not the form.
        for (int seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            string[] parts = Source(random).Split('"');
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                int value = (2 * random.Next(parts.Length / 2)) + 1;
                string other = parts[(2 * random.Next(parts.Length / 2)) + 1];
                parts[value] = random.Next(4) switch { 0 => "", 1 => "12", 2 => other, _ => new string('n', random.Next(200)) };
            }

            Survives(Encoding.UTF8.GetBytes(string.Join("\"", parts)), seed);
        }
    }

    private static string Source(Random random) => random.Next(3) == 0
        ? "<config>" + Listings.NicRouter + Listings.Manager + Listings.RtcrDummy + "</config>"
        : Seed;

    private static void Survives(byte[] text, int seed)
    {
        var bench = new InitBench()
            .With("manager", new Actor()).With("nic_router", new Actor()).With("rtcr_dummy", new Actor());
        bench.Profile.BankSizes = [512 * 1024];
        bench.Profile.MaxSessions = 64;
        bench.Profile.MaxRequests = 32;
        bench.Boot(text);
        bench.Run(5);
        Assert.IsFalse(bench.Logged("[init] fault"), $"seed {seed}\n{Encoding.UTF8.GetString(text)}\n{bench.Log()}");
        Assert.IsFalse(bench.Logged("[init -> drivers] fault"), $"seed {seed}\n{Encoding.UTF8.GetString(text)}\n{bench.Log()}");
    }
}
