// Session labels are compared code unit by code unit, whatever the host's culture thinks of a text.
namespace Tern.Os.Tests;

[TestClass]
public class LabelsTests
{
    [TestMethod]
    public void ANameIsPutBeforeALabel()
    {
        Assert.AreEqual("a", Labels.Prefixed("a", ""));
        Assert.AreEqual("a -> b -> c", Labels.Prefixed("a", "b -> c"));
    }

    [TestMethod]
    public void TheLastElementStandsBehindTheLastArrow()
    {
        Assert.AreEqual("", Labels.Last(""));
        Assert.AreEqual("a", Labels.Last("a"));
        Assert.AreEqual("c", Labels.Last("a -> b -> c"));
        Assert.AreEqual("", Labels.Last("a -> "));
        Assert.AreEqual("a ->", Labels.Last("a ->"));
        Assert.AreEqual("> b", Labels.Last("a -> > b"));
    }

    [TestMethod]
    public void PrefixesAndSuffixes()
    {
        Assert.IsTrue(Labels.StartsWith("drivers -> nic", "drivers"));
        Assert.IsTrue(Labels.StartsWith("drivers", ""));
        Assert.IsFalse(Labels.StartsWith("driver", "drivers"));
        Assert.IsFalse(Labels.StartsWith("Drivers", "drivers"));
        Assert.IsTrue(Labels.EndsWith("drivers -> nic", "nic"));
        Assert.IsTrue(Labels.EndsWith("nic", ""));
        Assert.IsFalse(Labels.EndsWith("ic", "nic"));
    }

    [TestMethod]
    public void NoCharacterIsInvisible()
    {
        // A soft hyphen and a zero-width joiner count for nothing in a culture's comparison.
        Assert.IsFalse(Labels.StartsWith("ad\u00ADmin", "admin"));
        Assert.IsFalse(Labels.EndsWith("ad\u200Dmin", "admin"));
        Assert.IsFalse(Labels.Contains("x ad\u00ADmin y", "admin"));
        Assert.IsTrue(Labels.Contains("x admin y", "admin"));
        Assert.IsTrue(Labels.Contains("admin", "admin"));
        Assert.IsFalse(Labels.Contains("dmin", "admin"));
    }
}
