// What the driver costs a board: agrees with what is counted by hand, and with the wires.
namespace Tern.HostEmulator.Tests;

[TestClass]
public class DriverMeasurementTests
{
    private const int Rate = 26_000_000;
    private const long Millisecond = 1_000_000_000;

    private static readonly ProcessorCopy Internal = ProcessorCopy.Esp32[0];

    [TestMethod]
    public void ItPaysWhereTheOwnCopyBeginsToTakeLonger()
    {
        // A crossing of 220 µs and 10 ns a byte: 978,000 bytes take exactly 10 ms.
        var figure = new DriverFigure(Internal, 1, Board: 10 * Millisecond, Driver: 0, Own: 220_000_000);
        Assert.AreEqual(978_001, figure.PaysFrom);
        Assert.IsGreaterThan(figure.Board, figure.Own + Internal.Picoseconds(figure.PaysFrom));
        Assert.AreEqual(figure.Board, figure.Own + Internal.Picoseconds(figure.PaysFrom - 1));
    }

    [TestMethod]
    public void ACopyCostsMoreThanItsWiresAndLessInCompany()
    {
        var measurement = new DriverMeasurement(memory => new FpgaModel(memory));
        DriverFigure alone = measurement.Measure(Internal, Rate, 1);
        DriverFigure inCompany = measurement.Measure(Internal, Rate, 8);
        const long wires = 4 * ((20 * 8 * 1_000_000_000_000 / Rate) + 25_000_000);
        Assert.IsGreaterThan(wires, alone.Driver);
        Assert.IsGreaterThan(alone.Driver, alone.Board, "its client and the kernel have their part");
        Assert.IsLessThan(alone.Board, inCompany.Board);
        Assert.AreEqual(alone, measurement.Measure(Internal, Rate, 1), "it is the same each time");
    }

    [TestMethod]
    public void WithoutACoProcessorThereIsNoFigure()
    {
        var measurement = new DriverMeasurement(_ => new ScriptedCore());
        Assert.ThrowsExactly<MeasurementException>(() => measurement.Measure(Internal, Rate, 1));
    }
}
