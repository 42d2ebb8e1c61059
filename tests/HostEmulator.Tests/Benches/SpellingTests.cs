// Suggestions: close words are found, far ones are not forced on anybody.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class SpellingTests
{
    private static readonly string[] Known = ["memory", "page-size", "checkpoint-management", "ip"];

    [TestMethod]
    [DataRow("memroy", "memory")]
    [DataRow("Memory", "memory")]
    [DataRow("pagesize", "page-size")]
    [DataRow("checkpoint", "checkpoint-management")]
    [DataRow("ipp", "ip")]
    [DataRow("zebra", null)]
    [DataRow("", null)]
    public void TheClosestWordIsFoundIfItIsClose(string word, string? closest) => Assert.AreEqual(closest, Spelling.Closest(word, Known));

    [TestMethod]
    [DataRow("", "", 0)]
    [DataRow("a", "", 1)]
    [DataRow("ab", "ba", 1)]
    [DataRow("kitten", "sitting", 3)]
    public void DistanceCountsChangedLetters(string a, string b, int distance) => Assert.AreEqual(distance, Spelling.Distance(a, b));
}
