// Random streams of commands through the model and the RTL: after every command the replies, the memory and the dirty map are equal.
namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaLockstepTests
{
    [TestMethod]
    public void The_model_does_what_the_RTL_does() =>
        Property.Holds(FpgaStep.Streams(60), steps => Run(steps, new RtlOptions()), count: 40);

    [TestMethod]
    public void The_model_does_what_the_RTL_does_with_a_slow_memory() =>
        Property.Holds(FpgaStep.Streams(40), steps => Run(steps, new RtlOptions { Timing = new FpgaTiming(128, 100) }), count: 20);

    /// <summary>Back-pressure alters the clocks and nothing else.</summary>
    [TestMethod]
    public void The_model_does_what_the_RTL_does_under_back_pressure() =>
        Property.Holds(FpgaStep.Streams(40), steps => Run(steps, new RtlOptions { BackPressure = 40, Seed = (ulong)steps.Length }), count: 20);

    [TestMethod]
    public void The_model_does_what_the_RTL_does_behind_its_pins() =>
        Property.Holds(FpgaStep.Streams(30), steps => Run(steps, new RtlOptions { Pins = true }), count: 10);

    private static void Run(FpgaStep[] steps, RtlOptions options)
    {
        using var pair = new FpgaPair(options: options);
        new FpgaStream(pair).Do(steps);
    }
}
