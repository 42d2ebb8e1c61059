// The arithmetic of what pays, on figures made up so that everybody can follow.
namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaPayTests
{
    private const int Rate = 10_000_000;
    private const long Microsecond = 1_000_000;

    private static readonly ProcessorCopy Internal = ProcessorCopy.Esp32[0];
    private static readonly ProcessorCopy Psram = ProcessorCopy.Esp32[1];

    [TestMethod]
    public void PricesAreTheCostModels()
    {
        Assert.AreEqual(BoardKind.Find("esp32")!.Cost.CopyBytePicoseconds * 1000, Internal.Picoseconds(1000));
        Assert.AreEqual(BoardKind.Find("esp32-psram")!.Cost.CopyBytePicoseconds * 1000, Psram.Picoseconds(1000));
    }

    [TestMethod]
    public void EachTimeIsComparedWithTheProcessorsOwn()
    {
        // 10 and 50 ns a byte: 100 µs are 10,000 and 2,000 bytes, 20 µs are 2,000 and 400.
        PayFigure pay = FpgaMeasurement.PayOf(Rate, Internal, size => Copy(size, known: 100 * Microsecond, busy: 20 * Microsecond));
        Assert.AreEqual(10_048, pay.Known);
        Assert.AreEqual(2_048, pay.Busy);
        pay = FpgaMeasurement.PayOf(Rate, Psram, size => Copy(size, known: 100 * Microsecond, busy: 20 * Microsecond));
        Assert.AreEqual(2_048, pay.Known);
        Assert.AreEqual(448, pay.Busy);
    }

    [TestMethod]
    public void WhatIsAsFastDoesNotPay()
    {
        PayFigure pay = FpgaMeasurement.PayOf(Rate, Psram, size => Copy(size, known: Psram.Picoseconds(size), busy: Psram.Picoseconds(size)));
        Assert.IsNull(pay.Known);
        Assert.IsNull(pay.Busy);
    }

    private static OffloadedCopy Copy(int size, long known, long busy) => new(size, Rate, known, known - busy, busy, 4, IsKnownAtOnce: false);
}
