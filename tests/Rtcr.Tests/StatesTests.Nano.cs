// The table of states where a test cannot have its cells from a method: one test a flavour.
namespace Tern.Tests;

[TestClass]
public class StatesTests
{
    [TestMethod]
    public void ATargetGoesOn() => Column(Flavour.GoesOn);

    [TestMethod]
    public void ATargetSurvivesOnTheSameBoard() => Column(Flavour.SameBoard);

    [TestMethod]
    public void ATargetSurvivesOnAnotherBoard() => Column(Flavour.OtherBoard);

    private static void Column(int flavour)
    {
        State[] states = StateTable.All();
        for (int state = 0; state < states.Length; state++)
        {
            Assert.AreEqual("", StateRun.Run(states[state], flavour), states[state].Name);
        }
    }
}
