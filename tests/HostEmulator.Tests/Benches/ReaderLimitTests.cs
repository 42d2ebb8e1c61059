// A reader ends: what is too long, too deep or too much is refused at the place where it becomes so, before a tree is made of it.
using System.Text;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class ReaderLimitTests
{
    private const int Many = 200_000;

    [TestMethod]
    public void Elements_without_end_within_one_another_are_refused_at_the_first_one_too_deep()
    {
        string text = "<bench><board name='a'>" + Repeat("<config>", Many) + Repeat("</config>", Many) + "</board></bench>";
        Assert.AreEqual($"b.xml:1:{"<bench><board name='a'>".Length + (62 * "<config>".Length) + 1}: error: elements may be nested 64 deep", ProblemOf(text));
        Assert.Contains("nested 64 deep", ProblemOf(Repeat("<a>", Many)));
    }

    [TestMethod]
    public void Elements_without_end_after_one_another_are_refused() =>
        Assert.Contains("a bench file may have 100,000 elements", ProblemOf("<bench><board name='a'><config/></board>" + Repeat("<x/>", Many) + "</bench>"));

    [TestMethod]
    public void Attributes_without_end_are_refused() =>
        Assert.Contains("an element may have 64 attributes", ProblemOf("<bench " + string.Join(' ', Enumerable.Range(0, Many).Select(i => $"a{i}=''")) + "/>"));

    [TestMethod]
    public void Boards_without_end_are_refused() =>
        Assert.Contains("a bench may have 250 boards", ProblemOf("<bench>" + string.Concat(Enumerable.Range(0, 251).Select(i => $"<board name='b{i}'><config/></board>")) + "</bench>"));

    [TestMethod]
    public void Problems_without_end_are_told_by_the_first_hundred_and_their_number()
    {
        BenchException e = Assert.ThrowsExactly<BenchException>(() => BenchReader.Read("<bench><board name='a'><config/></board>" + Repeat("<x/>", 1000) + "</bench>", "b.xml"));
        Assert.HasCount(1000, e.Problems);
        Assert.EndsWith("and 900 more problems", e.Message);
        Assert.HasCount(101, e.Message.Split(Environment.NewLine));
    }

    [TestMethod]
    public void Long_names_are_compared_with_nothing_and_shown_by_their_beginning()
    {
        string name = new('n', 1_000_000);
        string problem = ProblemOf($"<bench><board name='{name}'><config/></board><fault kind='unplug' boards='m{name}'/></bench>");
        Assert.IsLessThan(300, problem.Length);
    }

    [TestMethod]
    public void Entities_are_not_declared_and_so_do_not_grow() =>
        Assert.Contains("DTD", ProblemOf("<!DOCTYPE b [<!ENTITY a 'aaaaaaaaaa'><!ENTITY c '&a;&a;&a;&a;&a;&a;'>]><bench name='&c;'/>"));

    [TestMethod]
    public void Files_without_end_are_not_read_to_the_end()
    {
        if (File.Exists("/dev/zero"))
        {
            Assert.Contains("/dev/zero has more than 4,194,304 bytes", Assert.ThrowsExactly<InvalidDataException>(() => BenchReader.ReadFile("/dev/zero")).Message);
            Assert.Contains("/dev/zero has more than ", Assert.ThrowsExactly<InvalidDataException>(() => TextFile.ReadBytes("/dev/zero", 10)).Message);
        }
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static string ProblemOf(string text) =>
        Assert.ThrowsExactly<BenchException>(() => BenchReader.Read(text, "b.xml")).Problems[0].ToString();
}
