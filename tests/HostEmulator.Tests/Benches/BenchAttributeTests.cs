// Every attribute of every element of a bench file takes odd values. Which attributes there are, the reader itself says.
// What comes is a problem at that attribute, or a bench that can be run.
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed partial class BenchAttributeTests
{
    private const string All = """
        <bench name="all">
        <network/>
        <board name="a" ip="10.0.0.1"><config/>
        <rom name="x">text</rom>
        <interrupt name="wheel" line="2"/>
        <interrupt name="done" line="3"/>
        <device kind="pulse-counter" window="counter" counts="wheel"/>
        <device kind="fpga" spi="fpga" interrupt="done"/>
        </board>
        <pulses interrupt="wheel" period-us="1000"/>
        <fault at-ms="1" kind="unplug" boards="a"/>
        <sleep boards="a" at-ms="2"/>
        <wake boards="a" at-ms="3"/>
        <expect within-seconds="1">
        <target name="t" on="a"/>
        <report word="w"/>
        <counted by="c" interrupt="wheel"/>
        <never word="broken"/>
        </expect>
        </bench>
        """;

    private static readonly string[] Nonsense = ["", " ", "-1", "-9223372036854775809", "9223372036854775808", "99999999999999999999999", "NaN", "Infinity", "1e3", "1.5", "0x10", "1,000", "many", "17179869184G", "-4K", "K"];

    private static readonly HashSet<string> Numbers =
    [
        "latency-us", "jitter-us", "bandwidth", "loss-per-million", "window@network", "segment", "sockets", "connect-timeout-ms", "stream-timeout-ms", "memory", "page-size", "caps",
        "storage", "storage-block", "interrupts", "start-ms", "line", "number", "clock", "period-us", "at-ms", "grace-ms", "within-seconds", "at-least",
    ];

    [TestMethod]
    public void Every_attribute_of_every_element_refuses_nonsense_at_its_place_or_makes_a_bench_that_runs()
    {
        int numbers = 0;
        foreach ((int element, string name, string attribute) in Attributes())
        {
            bool isNumber = Numbers.Contains(attribute) || Numbers.Contains(attribute + "@" + name);
            numbers += isNumber ? 1 : 0;
            foreach (string value in Nonsense.Concat(["0", "1", "2", "4294967295", "4294967296", "10000000", new string('v', 5000)]))
            {
                string text = With(element, attribute, value, out int line);
                string shown = $"<{name} {attribute}=\"{(value.Length > 40 ? value[..40] : value)}\">";
                try
                {
                    Bench bench = BenchReader.Read(text, "b.xml");
                    Assert.IsFalse(isNumber && Nonsense.Contains(value), shown + " is taken for a number");
                    Run(bench, shown);
                }
                catch (BenchException e)
                {
                    Assert.IsTrue(e.Problems.Any(problem => problem.Line == line || attribute is "name" or "interrupts" or "within-seconds"), $"{shown}: line {line}, but {e.Message}");
                    Assert.IsLessThan(1000, e.Problems[0].ToString().Length, shown);
                }
            }
        }

        Assert.IsGreaterThan(35, numbers, "the reader has told which there are");
    }

    [TestMethod]
    [DataRow("<board name='a' memory='0'><config/></board>", "\"memory\" is \"0\"; write a number such as 512, 64K, 10M or 1G, at least 1, or leave it out")]
    [DataRow("<board name='a' ip='0.0.0.0'><config/></board>", "0.0.0.0 is nobody's address; leave \"ip\" out for a board without network")]
    [DataRow("<board name='a'><config/></board><fault boards='a'/>", "<fault> needs an attribute \"kind\": power-off, power-on, unplug, plug, partition, heal, fpga-unplug, fpga-plug, fpga-reset")]
    [DataRow("<board name='a'><config/></board><fault kind='heal' boards='a'/>", "\"heal\" ends all partitions; leave the boards out")]
    [DataRow("<board name='a'><config/></board><fault kind='unplug' boards='a a'/>", "\"boards\" names a board twice")]
    [DataRow("<board name='a'><config/></board><fault kind='unplug' at-ms='61000' boards='a'/>", "the run is over after 60.00 s, before this happens; <expect within-seconds=…> says when")]
    [DataRow("<board name='a'><config/></board><network><link/></network>", "<network> has no element <link>; it has none")]
    [DataRow("<board name='a'><config/></board><expect><never word='w'><from/></never></expect>", "<never> has no element <from>; it has none")]
    [DataRow("<board name='a'><config/></board><expect><never word='w' from=''/></expect>", "\"from\" is empty")]
    [DataRow("<board name='a'><config/></board><expect><never word='w' until='then'/></expect>", "\"until\" is \"then\"; it may be end, met")]
    [DataRow("<board name='a'><config/><rom name='r'>a<b/>c</rom></board>", "<rom> holds text, not elements; write them as <![CDATA[<b…]]>")]
    [DataRow("<board name='a' caps='99999999999999999999'><config/></board>", "\"caps\" is 99999999999999999999; it must be from 1 to 1000000")]
    public void A_value_that_would_be_taken_for_another_is_refused(string inside, string message) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<BenchException>(() => BenchReader.Read($"<bench>{inside}</bench>", "b.xml")).Problems[0].Message);

    /// <summary>All attributes, by asking for one that is not there: the answer is a list.</summary>
    private static IEnumerable<(int Element, string Name, string Attribute)> Attributes()
    {
        XElement[] elements = [.. XDocument.Parse(All).Descendants()];
        for (int i = 0; i < elements.Length; i++)
        {
            string name = elements[i].Name.LocalName;
            if (name == "config")
            {
                continue;
            }

            BenchException e = Assert.ThrowsExactly<BenchException>(() => BenchReader.Read(With(i, "qqqqqqqqqqqqqqqqqqqq", "", out _), "b.xml"));
            Match list = KnownAttributes().Match(e.Message);
            Assert.IsTrue(list.Success, e.Message);
            foreach (string attribute in list.Groups[1].Value.Split(", "))
            {
                yield return (i, name, attribute.Trim());
            }
        }
    }

    private static string With(int element, string attribute, string value, out int line)
    {
        XDocument document = XDocument.Parse(All, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
        XElement found = document.Descendants().ElementAt(element);
        found.SetAttributeValue(attribute, value);
        line = ((System.Xml.IXmlLineInfo)found).LineNumber;
        return document.ToString(SaveOptions.DisableFormatting);
    }

    private static void Run(Bench bench, string shown)
    {
        if (bench.Boards.Any(board => board.Storage > 1 << 20 || board.Fpgas.Any(fpga => fpga.Memory > 1 << 20)))
        {
            return;         // a disk of four gigabytes is right, and no test's business
        }

        using var run = new BenchRun(bench, new BenchOptions { MachineOf = board => new ReportingMachine(board, ["1|init -> a|up"]), WithinNanoseconds = 5_000_000 });
        Assert.IsGreaterThanOrEqualTo(0, run.Run().Nanoseconds, shown);
    }

    [GeneratedRegex("has no attribute \"q+\"; it has (.*)")]
    private static partial Regex KnownAttributes();
}
