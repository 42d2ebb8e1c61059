// Bench files: what is read, and for every mistake its line, column and what would be right.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class BenchReaderTests
{
    private const string File = "b.xml";

    [TestMethod]
    public void ABenchIsReadWithAllItSays()
    {
        Bench bench = BenchReader.Read(
            """
            <bench name="two" description="both">
              <network latency-us="10" jitter-us="20" bandwidth="3M" loss-per-million="4" window="512" sockets="5"/>
              <board name="a" kind="esp32" memory="16K" page-size="256" mac="52:54:00:12:34:56" ip="10.0.1.2"
                     netmask="255.255.0.0" gateway="10.0.0.1" caps="77" storage="1M" storage-block="1024" interrupts="3" start-ms="9" sockets="6">
                <config/>
                <rom name="x">text</rom>
                <interrupt name="wheel" line="2"/>
                <interrupt number="7" line="0"/>
                <device kind="pulse-counter" window="counter" counts="wheel"/>
                <device kind="fpga" spi="fpga" interrupt="7" clock="40M" memory="256K" core="rtl"/>
                <device kind="fpga" spi="second"/>
              </board>
              <board name="b" latency-us="99"><config/></board>
              <pulses interrupt="wheel" period-us="11" jitter-us="12"/>
              <wake boards="b" at-ms="40"/>
              <sleep boards="a b" at-ms="30" grace-ms="5"/>
              <fault at-ms="20" kind="power-off" boards="a b"/>
              <fault at-ms="10" kind="heal"/>
              <fault at-ms="30" kind="fpga-unplug" boards="a"/>
              <expect within-seconds="7">
                <target name="t" on="a" under="r" verified="true"/>
                <report word="w" from="f" board="b" target="t" at-least="2"/>
                <counted by="c" interrupt="7" at-least="3"/>
                <never word="broken"/>
              </expect>
            </bench>
            """,
            File);

        Assert.AreEqual("two", bench.Name);
        Assert.AreEqual("both", bench.Description);
        Assert.AreEqual(new LinkModel { LatencyNanoseconds = 10_000, JitterNanoseconds = 20_000, BitsPerSecond = 3_000_000, LossPerMillion = 4 }, bench.Network.Link);
        Assert.AreEqual(512, bench.Network.WindowBytes);
        Assert.AreEqual(5, bench.Network.MaxSockets);

        BenchBoard a = bench.Boards[0];
        Assert.AreEqual("esp32", a.Kind.Name);
        Assert.AreEqual(16 * 1024, a.Memory);
        Assert.AreEqual(256, a.PageSize);
        Assert.AreEqual(new NetworkAddress(0x0A000102, unchecked((int)0xFFFF0000), 0x0A000001, 0x525400123456), a.Address);
        Assert.AreEqual(77, a.Capabilities);
        Assert.AreEqual(1024 * 1024, a.Storage);
        Assert.AreEqual(1024, a.StorageBlock);
        Assert.AreEqual(3, a.Interrupts);
        Assert.AreEqual(9_000_000, a.StartNanoseconds);
        Assert.AreEqual(6, a.Sockets);
        Assert.AreEqual("text", a.Roms["x"]);
        Assert.AreEqual(2, a.Wiring["wheel"]);
        Assert.AreEqual(0, a.Wiring["7"]);
        Assert.AreEqual("wheel", a.Counters["counter"]);
        CollectionAssert.AreEqual(
            new[] { new BenchFpga("fpga", "7", 40_000_000, 256 * 1024, FpgaCoreKind.Rtl), new BenchFpga("second", null, 26_000_000, 1024 * 1024, FpgaCoreKind.Model) },
            a.Fpgas.ToArray());
        Assert.IsNull(a.Link);

        BenchBoard b = bench.Boards[1];
        Assert.AreEqual(bench.Network.Link with { LatencyNanoseconds = 99_000 }, b.Link);
        Assert.AreEqual(0, b.Address.Address);
        Assert.AreNotEqual(a.Address.Mac, b.Address.Mac);

        CollectionAssert.AreEqual(new[] { FaultKind.Heal, FaultKind.PowerOff, FaultKind.FpgaUnplug }, bench.Faults.Select(fault => fault.Kind).ToArray(), "in the order of time");
        CollectionAssert.AreEqual(new[] { new PulseModel("wheel", 11_000, 12_000) }, bench.Pulses.ToArray());
        CollectionAssert.AreEqual(new long[] { 30_000_000, 40_000_000 }, bench.Sleeps.Select(sleep => sleep.Time).ToArray(), "in the order of time");
        CollectionAssert.AreEqual(new long?[] { 5_000_000, null }, bench.Sleeps.Select(sleep => sleep.Grace).ToArray());
        CollectionAssert.AreEqual(new[] { "a", "b" }, bench.Sleeps[0].Boards.ToArray());
        Assert.AreEqual(7_000_000_000, bench.WithinNanoseconds);
        CollectionAssert.AreEqual(
            new[] { "target t on a/r, its state verified by itself", "2 reports \"w\" of target t from f on b", "3 counts of c that have every pulse of interrupt \"7\" that its board saw, once", "no report \"broken\"" },
            bench.NewExpectations().Select(expectation => expectation.Claim).ToArray());
    }

    [TestMethod]
    [DataRow("<config/>")]
    [DataRow("<config   a = 'x>y'  />")]
    [DataRow("<config><start name=\"a\"/></config >")]
    [DataRow("<config>\n\t<!-- </config> --><start\tname='b'\n  caps=\"1\"/>&lt;<![CDATA[</config>]]>\r\n<config>inner</config></config>")]
    [DataRow("<config a=\"'>'\"><b c='\"'/></config>")]
    public void AConfigurationIsTakenByteForByte(string config)
    {
        Bench bench = BenchReader.Read($"<bench>\n <board name='a'>\r\n  {config} </board>\r<board name='b'>{config}</board></bench>", File);
        Assert.AreEqual(config, bench.Boards[0].Config);
        Assert.AreEqual(config, bench.Boards[1].Config);
    }

    [TestMethod]
    [DataRow("memroy=\"1M\"", 2, 19, "<board> has no attribute \"memroy\"; did you mean \"memory\"?")]
    [DataRow("kind=\"esp23\"", 2, 19, "\"kind\" is \"esp23\"; did you mean \"esp32\"?")]
    [DataRow("kind=\"vax\"", 2, 19, "\"kind\" is \"vax\"; it may be esp32, esp32-psram, host, realview-pbx-a9, stm32")]
    [DataRow("memory=\"1X\"", 2, 19, "\"memory\" is \"1X\"; write a number such as 512, 64K, 10M or 1G, at most 4294967296")]
    [DataRow("memory=\"9999999G\"", 2, 19, "\"memory\" is \"9999999G\"; write a number such as 512, 64K, 10M or 1G, at most 4294967296")]
    [DataRow("memory=\"\"", 2, 19, "\"memory\" is \"\"; write a number such as 512, 64K, 10M or 1G, at most 4294967296")]
    [DataRow("memory=\"5000\"", 2, 19, "\"memory\" is not a multiple of the page size, 4096 bytes")]
    [DataRow("page-size=\"1000\"", 2, 19, "\"page-size\" is 1000; it must be a power of two, such as 1024")]
    [DataRow("page-size=\"128\"", 2, 19, "\"page-size\" is 128; it must be from 256 to 65536")]
    [DataRow("caps=\"many\"", 2, 19, "\"caps\" is \"many\", not a whole number")]
    [DataRow("mac=\"525400123456\"", 2, 19, "\"mac\" is \"525400123456\"; write six pairs of hexadecimal digits, such as 52:54:00:12:34:56")]
    [DataRow("ip=\"10.0.256.1\"", 2, 19, "\"ip\" is \"10.0.256.1\"; write an address such as 10.0.0.2")]
    [DataRow("ip=\"10.0.1\"", 2, 19, "\"ip\" is \"10.0.1\"; write an address such as 10.0.0.2")]
    [DataRow("ip=\"10.0.0.1\" netmask=\"255.0.255.0\"", 2, 33, "\"255.0.255.0\" is not a netmask, such as 255.255.255.0")]
    [DataRow("netmask=\"255.0.0.0\"", 2, 19, "\"netmask\" without \"ip\"")]
    [DataRow("storage=\"1000\"", 2, 19, "\"storage\" must be a multiple of \"storage-block\", which must be a power of two")]
    public void AWrongAttributeIsNamedWithItsPlace(string attribute, int line, int column, string message) =>
        CheckProblem($"<bench>\n  <board name=\"a\" {attribute}>\n    <config/>\n  </board>\n</bench>", line, column, message);

    [TestMethod]
    [DataRow("<bench>\n  <bord/>\n  <board name='a'><config/></board></bench>", 2, 3, "<bench> has no element <bord>; did you mean \"board\"?")]
    [DataRow("<bench>\n  <board name='a'><conf/><config/></board></bench>", 2, 19, "<board> has no element <conf>; did you mean \"config\"?")]
    [DataRow("<bench>\n  <board name='a'><zzz/><config/></board></bench>", 2, 19, "<board> has no element <zzz>; it may have <config>, <rom>, <interrupt>, <device>")]
    [DataRow("<bench><board name='a'><device window='c' counts='w'/>\n<device window='c' counts='v'/><config/></board></bench>", 2, 9, "the board has a register window \"c\" already")]
    [DataRow("<bench><board name='a'>\n<device kind='lcd' window='c' counts='w'/><config/></board></bench>", 2, 9, "\"kind\" is \"lcd\"; it may be fpga, pulse-counter")]
    [DataRow("<bench><board name='a'>\n<device kind='fgpa' spi='f'/><config/></board></bench>", 2, 9, "\"kind\" is \"fgpa\"; did you mean \"fpga\"?")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga'/><config/></board></bench>", 2, 1, "<device> needs an attribute \"spi\"")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' window='w'/><config/></board></bench>", 2, 29, "<device> has no attribute \"window\"; it has clock, core, interrupt, kind, memory, spi")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' memroy='1M'/><config/></board></bench>", 2, 29, "<device> has no attribute \"memroy\"; did you mean \"memory\"?")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' core='rlt'/><config/></board></bench>", 2, 29, "\"core\" is \"rlt\"; did you mean \"rtl\"?")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' clock='81M'/><config/></board></bench>", 2, 29, "\"clock\" is \"81M\"; write a number such as 512, 64K, 10M or 1G, at most 80000000")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' clock='26'/><config/></board></bench>", 2, 29, "\"clock\" is the rate of the SPI bus in Hz; it must be from 10K to 80M")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' memory='3M'/><config/></board></bench>", 2, 29, "\"memory\" must be a power of two from 4K to 256M")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' memory='2K'/><config/></board></bench>", 2, 29, "\"memory\" must be a power of two from 4K to 256M")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' memory='0'/><config/></board></bench>", 2, 29, "\"memory\" must be a power of two from 4K to 256M")]
    [DataRow("<bench><board name='a'><device kind='fpga' spi='f'/>\n<device kind='fpga' spi='f'/><config/></board></bench>", 2, 21, "the SPI bus has a device \"f\" already")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' interrupt='fpga'/><config/></board></bench>", 2, 29, "the board does not wire an interrupt \"fpga\"; add <interrupt name=\"fpga\" line=\"…\"/>")]
    [DataRow("<bench><board name='a'>\n<device kind='fpga' spi='f' interrupt='fgpa'/><interrupt name='fpga' line='1'/><config/></board></bench>", 2, 29, "the board does not wire an interrupt \"fgpa\"; did you mean \"fpga\"?")]
    [DataRow("<bench><board name='a'><interrupt name='i' line='1'/><device kind='fpga' spi='f' interrupt='i'/>\n<device kind='fpga' spi='g' interrupt='i'/><config/></board></bench>", 2, 29, "interrupt \"i\" has another device already")]
    [DataRow("<bench><board name='a'><config/></board>\n<fault kind='fpga-plug' boards='a'/></bench>", 2, 25, "board \"a\" has no <device kind=\"fpga\">")]
    [DataRow("<bench><board name='a'><device kind='fpga' spi='f'/><config/></board>\n<fault kind='fpga-reset'/></bench>", 2, 1, "a fault \"fpga-reset\" needs an attribute \"boards\" with the boards' names")]
    [DataRow("<bench><board name='a'><config/></board>\n<fault kind='fpga-unplugg' boards='a'/></bench>", 2, 8, "\"kind\" is \"fpga-unplugg\"; did you mean \"fpga-unplug\"?")]
    [DataRow("<bench><board name='a'>\n<device window='c'/><config/></board></bench>", 2, 1, "<device> needs an attribute \"counts\"")]
    [DataRow("<bench><board name='a'>\n<interrupt name='w' line='8'/><config/></board></bench>", 2, 21, "\"line\" is 8; it must be from 0 to 7")]
    [DataRow("<bench><board name='a'>\n<interrupt name='w'/><config/></board></bench>", 2, 1, "an interrupt has a \"name\" or a \"number\" that components know it by, and a \"line\" that it is wired to")]
    [DataRow("<bench><board name='a'>\n<interrupt name='w' number='1' line='1'/><config/></board></bench>", 2, 1, "an interrupt has a \"name\" or a \"number\" that components know it by, and a \"line\" that it is wired to")]
    [DataRow("<bench><board name='a' interrupts='0'>\n<interrupt name='w' line='0'/><config/></board></bench>", 2, 1, "the board has no interrupt lines; give it some with \"interrupts\"")]
    [DataRow("<bench><board name='a'><interrupt name='w' line='1'/>\n<interrupt name='v' line='1'/><config/></board></bench>", 2, 21, "line 1 has another interrupt already")]
    [DataRow("<bench><board name='a'><interrupt number='4' line='1'/>\n<interrupt number='4' line='2'/><config/></board></bench>", 2, 23, "interrupt \"4\" is wired already")]
    [DataRow("<bench><board name='a'><interrupt name='wheel' line='1'/><config/></board>\n<pulses interrupt='weel' period-us='1'/></bench>", 2, 9, "no board wires or counts an interrupt \"weel\"; did you mean \"wheel\"?")]
    [DataRow("<bench><board name='a'><interrupt name='wheel' line='1'/><config/></board>\n<pulses interrupt='wheel'/></bench>", 2, 1, "<pulses> needs an attribute \"period-us\"")]
    [DataRow("<bench><board name='a'><config/></board>\n<expect><counted by='w' interrupt='wheel'/></expect></bench>", 2, 25, "no board wires or counts an interrupt \"wheel\"")]
    [DataRow("<bench><board name='a'/></bench>", 1, 8, "board \"a\" needs a <config>: the configuration of its init")]
    [DataRow("<bench><board><config/></board></bench>", 1, 8, "<board> needs an attribute \"name\"")]
    [DataRow("<bench><board name='a b'><config/></board></bench>", 1, 15, "\"a b\" cannot be a board's name; use letters, digits, '-' and '_'")]
    [DataRow("<bench/>", 1, 1, "a bench needs at least one <board>")]
    [DataRow("<bench><board name='a'><config/></board>\n<board name='a'><config/></board></bench>", 2, 8, "a board is called \"a\" already; each needs a name of its own")]
    [DataRow("<bench><board name='a' ip='10.0.0.1'><config/></board>\n<board name='b' ip='10.0.0.1'><config/></board></bench>", 2, 17, "board \"a\" has this address already; each needs one of its own")]
    [DataRow("<bench><board name='a' mac='00:00:00:00:00:01'><config/></board>\n<board name='b' mac='00:00:00:00:00:01'><config/></board></bench>", 2, 17, "board \"a\" has this MAC already; each needs one of its own")]
    [DataRow("<bench><board name='a'><config/><config/></board></bench>", 1, 33, "board \"a\" has a <config> already")]
    [DataRow("<bench><board name='a'><config/><rom name='config'/></board></bench>", 1, 38, "the board has a module \"config\" already")]
    [DataRow("<bench>\n  words <board name='a'><config/></board></bench>", 1, 1, "<bench> holds elements, not text: \"words\"")]
    [DataRow("<bench><network/>\n<network/><board name='a'><config/></board></bench>", 2, 1, "a bench has one <network>; put this into the first")]
    [DataRow("<bench><board name='alpha'><config/></board>\n<expect><target name='t' on='alhpa'/></expect></bench>", 2, 26, "no board is called \"alhpa\"; did you mean \"alpha\"?")]
    [DataRow("<bench><board name='alpha'><config/></board>\n<fault kind='unplug'/></bench>", 2, 1, "a fault \"unplug\" needs an attribute \"boards\" with the boards' names")]
    [DataRow("<bench><board name='alpha'><config/></board>\n<sleep at-ms='1'/></bench>", 2, 1, "<sleep> needs an attribute \"boards\" with the boards' names")]
    [DataRow("<bench><board name='alpha'><config/></board>\n<wake boards='alhpa'/></bench>", 2, 7, "no board is called \"alhpa\"; did you mean \"alpha\"?")]
    [DataRow("<bench><board name='a'><config/></board>\n<sleep boards='a' grace-ms='-1'/></bench>", 2, 19, "\"grace-ms\" is -1; it must be from 0 to 86400000")]
    [DataRow("<bench><board name='a'><config/></board>\n<wake boards='a' grace-ms='1'/></bench>", 2, 18, "<wake> has no attribute \"grace-ms\"; it has at-ms, boards")]
    [DataRow("<bench><board name='a'><config/></board>\n<expect within-seconds='0'/></bench>", 2, 9, "\"within-seconds\" is 0; it must be from 1 to 86400")]
    public void AWrongStructureIsNamedWithItsPlace(string text, int line, int column, string message) => CheckProblem(text, line, column, message);

    [TestMethod]
    [DataRow("<bench>\n  <board>\n</bench>", 3, 3)]
    [DataRow("<bench>\n<board a='1' a='2'/></bench>", 2, 14)]
    [DataRow("", 0, 0)]
    public void WhatIsNotXmlIsNamedWithItsPlace(string text, int line, int column)
    {
        BenchProblem problem = ProblemsOf(text).Single();
        Assert.StartsWith("not well-formed XML: ", problem.Message);
        Assert.AreEqual((line, column), (problem.Line, problem.Column));
    }

    [TestMethod]
    public void AllProblemsAreFoundInOneGoInTheOrderOfTheFile()
    {
        IReadOnlyList<BenchProblem> problems = ProblemsOf("<bench nam='x'>\n<expct/>\n<board name='a' caps='-1'><config/></board></bench>");
        CollectionAssert.AreEqual(
            new[]
            {
                "b.xml:1:8: error: <bench> has no attribute \"nam\"; did you mean \"name\"?",
                "b.xml:2:1: error: <bench> has no element <expct>; did you mean \"expect\"?",
                "b.xml:3:17: error: \"caps\" is -1; it must be from 1 to 1000000",
            },
            problems.Select(problem => problem.ToString()).ToArray());
    }

    [TestMethod]
    public void TheBenchesThatComeWithTheEmulatorAreSound()
    {
        var catalog = new BenchCatalog();
        CollectionAssert.Contains(catalog.Names.ToArray(), CommandLine.MainBench);
        foreach (string name in catalog.Names)
        {
            Bench bench = catalog.Read(name);
            Assert.AreEqual(name, bench.Name);
            Assert.AreNotEqual("", bench.Description);
        }
    }

    private static void CheckProblem(string text, int line, int column, string message)
    {
        BenchProblem problem = ProblemsOf(text)[0];
        Assert.AreEqual(new BenchProblem(File, line, column, message), problem);
    }

    private static IReadOnlyList<BenchProblem> ProblemsOf(string text) =>
        Assert.ThrowsExactly<BenchException>(() => BenchReader.Read(text, File)).Problems;
}
