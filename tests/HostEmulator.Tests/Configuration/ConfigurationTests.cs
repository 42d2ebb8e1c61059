// One vocabulary for every reader of configurations: what is unknown, twice, out of range or too long is told, all of it, with the line
// and column of the bench file. What a reader accepts in silence is its configuration's meaning dropped.
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Tern.Kernel;
using Tern.Os.Tests;
using Tern.Rtcr;
using Tern.Tests;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed partial class ConfigurationTests
{
    private const string Mark = "zz";
    private const string TooMuch = "99999999999999999999";
    private const string NoAddress = "10.0.0.256";
    private const string NoTruth = "perhaps";
    private const string NoWord = "sometimes";
    private const long Enough = 500_000_000;

    private static readonly string[] Words = ["update", "refuse", "reconnect", "keep", "close", "checkpoint"];

    public static IEnumerable<object[]> Binaries => ConfigurationSample.All.Select(sample => new object[] { sample.Binary });

    [TestMethod]
    [DynamicData(nameof(Binaries))]
    public void ASoundConfigurationIsReadWithoutAWord(string binary)
    {
        string log = Run(Bench(binary, XElement.Parse(Of(binary).Text)));
        Assert.DoesNotMatchRegex(Complaint(), log);
    }

    [TestMethod]
    [DynamicData(nameof(Binaries))]
    public void EveryUnknownAttributeAndElementIsToldWithItsPlace(string binary)
    {
        var config = XElement.Parse(Of(binary).Text);
        foreach (XElement element in config.DescendantsAndSelf().Where(HasMeaning).ToArray())
        {
            element.Add(new XAttribute(Mark + "_1", "1"), new XAttribute(Mark + "_2", "1"), new XElement(Mark + "_3"), new XElement(Mark + "_4"));
        }

        string bench = Bench(binary, config);
        IEnumerable<XElement> elements = Parse(bench).Descendants();
        Expect(
            bench,
            [
                .. elements.Attributes().Where(IsMarked).Select(attribute => Place(attribute) + $"unknown attribute \"{attribute.Name}\""),
                .. elements.Where(element => element.Name.LocalName.StartsWith(Mark, StringComparison.Ordinal))
                    .Select(element => Place(element) + $"unknown element <{element.Name}>"),
            ]);
    }

    [TestMethod]
    [DynamicData(nameof(Binaries))]
    public void EveryValueOutOfRangeIsToldWithItsPlace(string binary)
    {
        foreach (string number in (string[])[TooMuch, "-1"])
        {
            var config = XElement.Parse(Of(binary).Text);
            foreach (XAttribute attribute in config.DescendantsAndSelf().Where(HasMeaning).Attributes())
            {
                attribute.Value = Wrong(attribute.Value, number);
            }

            string bench = Bench(binary, config);
            IEnumerable<XAttribute> wrong = Subject(bench).DescendantsAndSelf().Where(HasMeaning).Attributes()
                .Where(attribute => attribute.Value.StartsWith(NoAddress, StringComparison.Ordinal) || attribute.Value == number
                    || attribute.Value is NoTruth or NoWord);
            Expect(bench, [.. wrong.Select(attribute => Place(attribute) + $"{attribute.Name} is \"{attribute.Value}\"")]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Binaries))]
    public void EverythingThatStandsTwiceWhereItMayStandOnceIsToldWithItsPlace(string binary)
    {
        string[] once = Of(binary).Once;
        var config = XElement.Parse(Of(binary).Text);
        foreach (XElement element in config.Descendants().Where(element => once.Contains(element.Name.LocalName)).ToArray())
        {
            element.AddAfterSelf(new XElement(element));
        }

        string bench = Bench(binary, config);
        IEnumerable<XElement> second = Subject(bench).Descendants()
            .Where(element => once.Contains(element.Name.LocalName) && element.ElementsBeforeSelf(element.Name).Any())
            .Where(element => !element.Ancestors().Any(above => once.Contains(above.Name.LocalName) && above.ElementsBeforeSelf(above.Name).Any()));
        Expect(bench, [.. second.Select(element => Place(element) + $"a second <{element.Name}>")]);
    }

    [TestMethod]
    [DynamicData(nameof(Binaries))]
    public void OneThatIsTooLongIsTold(string binary)
    {
        string text = Of(binary).Text.Replace("<config", "<config ", StringComparison.Ordinal);
        Tern.Tests.TestBoard board = StateBench.Board().With("init", HostEmulator.Programs.Make(binary)!)
            .WithModule("config", Encoding.UTF8.GetBytes(text + new string(' ', 64 * 1024)));
        var kernel = new Microkernel(board);
        Assert.AreEqual(Kernel.Error.None, kernel.Boot());
        Drive.Settle(kernel);
        Assert.AreEqual(1, board.CountLogged("Error: config is longer than 65536 bytes"), string.Join('\n', board.Lines.ToArray()));
    }

    [TestMethod]
    public void TheThesisConfigurationsAreReadWithoutAnError()
    {
        string log = Run(Bench($"""
            <config>
              {Listings.NicRouter}
              {Listings.Manager}
              {Listings.RtcrDummy}
            </config>
            """));
        Assert.DoesNotMatchRegex(Complaint(), log);
        Assert.Contains("[init -> manager] Creating root component", log);
        Assert.Contains("[init -> rtcr_dummy_1] Connecting to manager", log);
    }

    [TestMethod]
    public void AMisspeltNetworkStackIsToldSinceTheAddressIsLost()
    {
        string bench = Bench("nas", XElement.Parse("""<config> <vfs> <dir name="socket"> <lwpi ip_addr="10.0.1.2"/> </dir> </vfs> </config>"""));
        Expect(bench, [Place(Subject(bench).Descendants("lwpi").Single()) + "unknown element <lwpi>"]);
    }

    [TestMethod]
    [DataRow("""<lwip dhcp="yes" ip_addr="10.0.1.2"/>""", "Warning: ", "with dhcp=\"yes\" the address is assigned")]
    [DataRow("""<lwip ip_addr="10.0.1.2" netmask="255.0.255.0"/>""", "Error: ", "netmask is 255.0.255.0")]
    [DataRow("""<lwip dhcp="yes" nameserver="10.0.0.53"/>""", "Warning: ", "attribute \"nameserver\" has no meaning here")]
    [DataRow("""<lxip dhcp="yes"/>""", "Warning: ", "element <lxip> has no meaning here")]
    public void WhatOfAnAddressDoesNotCountIsTold(string stack, string level, string text)
    {
        string log = Run(Bench("nas", XElement.Parse($"""<config> <vfs> <dir name="socket"> {stack} </dir> </vfs> </config>""")));
        Assert.IsTrue(log.Split('\n').Any(line => line.StartsWith("[init -> nas] " + level, StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal)), log);
    }

    private static ConfigurationSample Of(string binary) => ConfigurationSample.All.Single(sample => sample.Binary == binary);

    private static bool HasMeaning(XElement element) => !ConfigurationSample.OfNoMeaning.Contains(element.Name.LocalName);

    private static bool IsMarked(XAttribute attribute) => attribute.Name.LocalName.StartsWith(Mark, StringComparison.Ordinal);

    private static string Wrong(string value, string number) =>
        Number().IsMatch(value) ? number
        : Address().IsMatch(value) ? NoAddress + (value.Contains('/', StringComparison.Ordinal) ? "/24" : "")
        : value is "yes" or "no" ? NoTruth
        : Words.Contains(value) ? NoWord
        : value;

    private static string Bench(string binary, XElement config) => Bench($"""
        <config>
          <start name="{binary}" caps="2000">
            <resource name="RAM" quantum="8M"/>
            <provides>
              <service name="Manager"/> <service name="Nic"/> <service name="Uplink"/> <service name="Checkpoint"/> <service name="Copy_engine"/>
            </provides>
            {config}
          </start>
        </config>
        """);

    private static string Bench(string config) => $"""
        <bench name="reader" description="one board">
          <board name="a" memory="128M" caps="20000" ip="10.0.0.2" storage="64K">{config}</board>
          <expect log-errors="ignore"/>
        </bench>
        """;

    private static XElement Parse(string bench) => XElement.Parse(bench, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);

    /// <summary>The configuration of the program.</summary>
    private static XElement Subject(string bench) => Parse(bench).Descendants("start").First().Element("config")!;

    private static string Place(XElement element) => Place(element, -1);

    private static string Place(XAttribute attribute) => Place(attribute, 0);

    private static string Place(IXmlLineInfo at, int more) => $"line {at.LineNumber}, column {at.LinePosition + more}: ";

    /// <summary>Asserts that each complaint is in the log, once, as an error.</summary>
    private static void Expect(string bench, IReadOnlyList<string> complaints)
    {
        string[] lines = Run(bench).Split('\n');
        string[] missing = [.. complaints.Where(text => lines.Count(line =>
            line.Contains("] Error: ", StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal)) != 1)];
        Assert.IsEmpty(missing, $"not told once:\n{string.Join('\n', missing)}\n{bench}\n{string.Join('\n', lines)}");
    }

    private static string Run(string bench)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using var run = new BenchRun(BenchReader.Read(bench, "reader.xml"), new BenchOptions { Log = new TextLog(text, []) });
        run.World.Run(Enough);
        return text.ToString();
    }

    // A session that is denied is told with the place of its start node, too.
    [GeneratedRegex(@"(Error|Warning): (config|start ""[^""]+"") line \d+, column \d+: (?!no route)")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"^\d+[KMG]?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+(/\d+)?$")]
    private static partial Regex Address();
}
