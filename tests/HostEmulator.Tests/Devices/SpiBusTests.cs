// The virtual SPI bus: what a device sees and answers, and how long a transfer keeps the board busy.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class SpiBusTests
{
    private const int Fast = 26_000_000;

    private readonly TestWorld _world = new();
    private readonly Recorder _device = new();
    private readonly VirtualBoard _board;
    private readonly SpiBus _bus;

    public SpiBusTests()
    {
        _board = _world.Add().Board;
        _bus = new SpiBus(_board);
        _bus.Add("fpga", _device, Fast);
        _bus.Add("slow", new Recorder(), 1_000_000);
        _world.RunFor(0);
    }

    [TestMethod]
    public void DevicesAreFoundByTheirNames()
    {
        Assert.AreEqual(0, _bus.Find("fpga"));
        Assert.AreEqual(1, _bus.Find("slow"));
        Assert.AreEqual(-1, _bus.Find("other"));
        Assert.AreEqual(Fast, _bus.ClockHz(0));
        Assert.AreEqual(16384, _bus.LongestTransfer(0));
        Assert.AreSame(_device, _bus.Device("fpga"));
    }

    [TestMethod]
    public void BytesGoOutAndInWhereTheyBelong()
    {
        byte[] output = [1, 2, 3, 4];
        byte[] input = [9, 9, 9, 9];
        Assert.IsTrue(_bus.Transfer(0, output, 1, input, 2, 2));
        CollectionAssert.AreEqual(new byte[] { 2, 3 }, _device.Seen);
        CollectionAssert.AreEqual(new byte[] { 9, 9, 0xFD, 0xFC }, input);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, output);
    }

    [TestMethod]
    public void InPlaceTheDeviceSeesWhatStoodThereBefore()
    {
        byte[] memory = [1, 2, 3, 4];
        _device.AnswersFirst = true;
        Assert.IsTrue(_bus.Transfer(0, memory, 0, memory, 0, 4));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, _device.Seen);
        CollectionAssert.AreEqual(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, memory);
    }

    [TestMethod]
    [DataRow(0, 1, 25_307)]
    [DataRow(0, 4096, 1_285_307)]
    [DataRow(1, 100, 825_000)]
    [DataRow(0, 16384, 5_066_230)]
    public void ATransferTakesItsBitsAndTheGap(int device, int length, long nanoseconds)
    {
        long begin = _board.Clock.WorldTime;
        var memory = new byte[length];
        _bus.Transfer(device, memory, 0, memory, 0, length);
        Assert.AreEqual(nanoseconds, _board.Clock.WorldTime - begin);
        Assert.AreEqual(nanoseconds, ((VirtualClock)_board.Clock).BusyNanoseconds);
    }

    [TestMethod]
    public void ASelectionBeginsWhereTheBoardIsAndNoFractionIsLost()
    {
        var memory = new byte[1];
        long begin = _board.Clock.WorldTime;
        for (int i = 0; i < 1000; i++)
        {
            _bus.Transfer(0, memory, 0, memory, 0, 1);
        }

        Assert.AreEqual(begin, _device.Times[0]);
        Assert.AreEqual(begin + 25_307, _device.Times[1]);
        Assert.AreEqual(begin + 25_307_692, _board.Clock.WorldTime, "8 bits at 26 MHz are 307.692 ns");
    }

    [TestMethod]
    public void WithoutItsDeviceTheLineFloatsAndTheTransferWorks()
    {
        _device.IsPlugged = false;
        long begin = _board.Clock.WorldTime;
        byte[] memory = [1, 2, 3];
        Assert.IsTrue(_bus.Transfer(0, memory, 0, memory, 0, 3));
        CollectionAssert.AreEqual(new byte[] { 0xFF, 0xFF, 0xFF }, memory);
        Assert.IsEmpty(_device.Times);
        Assert.AreEqual(begin + 25_923, _board.Clock.WorldTime);
    }

    [TestMethod]
    public void TheHotPathAllocatesNothing()
    {
        var memory = new byte[4096];
        _device.Remembers = false;
        _bus.Transfer(0, memory, 0, memory, 0, memory.Length);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3 && least != 0; attempt++)         // the runtime's own count jumps when a collection comes
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                _bus.Transfer(0, memory, 0, memory, 0, memory.Length);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.AreEqual(0L, least);
    }

    /// <summary>Answers the complement of what comes in.</summary>
    private sealed class Recorder : ISpiDevice
    {
        public bool IsPlugged { get; set; } = true;

        internal bool Remembers { get; set; } = true;

        /// <summary>Whether it answers before it listens, as a device may that shifts both at once.</summary>
        internal bool AnswersFirst { get; set; }

        internal byte[] Seen { get; private set; } = [];

        internal List<long> Times { get; } = [];

        public void Exchange(long time, ReadOnlySpan<byte> mosi, Span<byte> miso, int picosecondsPerByte)
        {
            if (AnswersFirst)
            {
                miso.Fill(0xFF);
            }

            if (Remembers)
            {
                Times.Add(time);
                Seen = mosi.ToArray();
            }

            for (int i = 0; i < mosi.Length && !AnswersFirst; i++)
            {
                miso[i] = (byte)~mosi[i];
            }
        }
    }
}
