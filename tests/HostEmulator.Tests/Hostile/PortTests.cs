// Each port of a bench's real programs - manager, NAS, brokers, both of RTCR's - against peers that keep to no rule. All the while
// and afterwards the targets change boards as they do undisturbed, and no sheep is lost or counted twice.
using Tern.Cms;
using Tern.HostEmulator.Tests.CheckpointManagement;

namespace Tern.HostEmulator.Tests.Hostile;

[TestClass]
public sealed class PortTests
{
    private const int Manager = 0x0A000002;
    private const int Nas = 0x0A000202;
    private const int Ecu1 = 0x0A000102;
    private const int Ecu2 = 0x0A000103;
    private const long Millisecond = 1_000_000;

    private static readonly (int Address, int Port)[] Doors =
    [
        (Manager, Ports.Manager), (Nas, Ports.Nas), (Ecu1, Ports.Information), (Ecu1, Ports.Migration), (Ecu2, Ports.Information), (Ecu2, Ports.Migration),
        (Manager, Ports.FirstBroker), (Manager, Ports.FirstBroker + 1),
    ];

    [TestMethod]
    public void EveryOperationThatThereIsNotAndEveryAnswerToNothing() =>
        Withstand(40, 2 * Millisecond, number => number >= 600 ? null : Whole(Good(number, frame => frame.Ask(ServiceOf(number), number / Doors.Length * 7 % 256, number))));

    [TestMethod]
    public void FramesForAnotherPort() =>
        Withstand(40, 2 * Millisecond, number => number >= 200 ? null : Whole(Good(number, frame => frame.Ask(ServiceOf(number + 1), 0, 1))));

    [TestMethod]
    public void FramesThatEndAtEveryLength() =>
        Withstand(40, Millisecond, number => number >= Doors.Length * 90 ? null : Whole(Good(number, frame => frame.Ask(ServiceOf(number), 0, 1))[..Math.Min(80, number / Doors.Length)]));

    [TestMethod]
    public void LengthsThatCannotBe()
    {
        int[] lengths = [-1, 101, 0x10000, int.MaxValue, int.MinValue];
        Withstand(40, 2 * Millisecond, number => number >= 400 ? null : new Stroke(With(number, 16, lengths[number / Doors.Length % lengths.Length]), 200, Millisecond, true));
    }

    /// <summary>As much bulk as can be said, for every operation, and bytes without end behind it.</summary>
    [TestMethod]
    public void StreamsWithoutEnd() =>
        Withstand(16, 20 * Millisecond, number => number >= 64 ? null : new Stroke(
            [.. Good(number, frame => frame.Ask(ServiceOf(number), number / Doors.Length, 1).WithBulk(int.MaxValue)), .. new byte[1400]], 1400, 3 * Millisecond, true, 80));

    /// <summary>A byte a second, on more flows than anybody has: whoever needs a flow gets one before the last byte has come.</summary>
    [TestMethod]
    public void FramesThatTakeTheirTime() =>
        Withstand(100, 2 * Millisecond, number => number >= 1000 ? null : new Stroke(Good(number, frame => frame.Ask(ServiceOf(number), 0, 1)), 1, 1000 * Millisecond, true));

    /// <summary>More images than the NAS takes at once, each announced well and then sent by a byte a second.</summary>
    [TestMethod]
    public void ImagesThatTakeTheirTime() =>
        Withstand(2, Millisecond, number =>
        {
            if (number >= 200)
            {
                return null;
            }

            byte[] head = [.. Fresh(number, NasOperation.Store, 0), .. Fresh(number, NasOperation.Image, 2000)];
            return new Stroke([.. head, .. new byte[1999]], 1, 1000 * Millisecond, true, -1, head.Length);
        });

    /// <summary>A sound frame over and over, on flows that are cut anywhere.</summary>
    [TestMethod]
    public void FlowsThatBreakInTheMiddle() =>
        Withstand(40, Millisecond, number => number >= 800 ? null : Whole([.. Many(number)[..(1 + (number * 13 % 400))]]));

    private static Stroke Whole(byte[] bytes) => new(bytes.Length == 0 ? [0] : bytes, 60, Millisecond / 4);

    private static IEnumerable<byte> Times(byte[] bytes, int count) => Enumerable.Range(0, count).SelectMany(_ => bytes);

    private static byte[] Many(int number) => [.. Times(Good(number, frame => frame.Ask(ServiceOf(number), 0, 1)), 6)];

    private static int ServiceOf(int number) => Doors[number % Doors.Length].Port switch
    {
        Ports.Manager => ServiceId.Manager,
        Ports.Nas => ServiceId.Nas,
        Ports.Information => ServiceId.Information,
        Ports.Migration => ServiceId.Migration,
        _ => ServiceId.Broker,
    };

    /// <summary>A frame with a checkpoint that nobody has.</summary>
    private static byte[] Good(int number, Func<Frame, Frame> begin)
    {
        var frame = new Frame();
        begin(frame);
        int bulk = frame.BulkLength;
        var checkpoint = new Checkpoint { Mac = 0x7777, Offset = 64 * (number % 5), Size = 1000, Commit = 1 + number, Epoch = number % 3, Claim = number % 4, Ticket = number };
        checkpoint.Write(frame).Put(number).Put(0).WithBulk(bulk);
        var bytes = new byte[frame.Size];
        frame.CopyTo(bytes, 0);
        return bytes;
    }

    /// <summary>A frame of the NAS with a checkpoint of a component that is new.</summary>
    private static byte[] Fresh(int number, int operation, int bulk)
    {
        Frame frame = new Frame().Ask(ServiceId.Nas, operation, number);
        new Checkpoint { Mac = 0x7777, Offset = 4096 * number, Size = 2000, Commit = 1 }.Write(frame).WithBulk(bulk);
        var bytes = new byte[frame.Size];
        frame.CopyTo(bytes, 0);
        return bytes;
    }

    private static byte[] With(int number, int at, int value)
    {
        byte[] bytes = Good(number, frame => frame.Ask(ServiceOf(number), 0, 1));
        BitConverter.TryWriteBytes(bytes.AsSpan(at), value);
        return bytes;
    }

    private static void Withstand(int least, long pace, Func<int, Stroke?> strokes)
    {
        var ledger = new SheepLedger();
        using var run = new BenchRun(new BenchCatalog().Read("checkpoint-management"), new BenchOptions { Seed = 3, Log = ledger });
        var attacker = new Attacker(run, Doors, pace, strokes);
        BenchResult result = run.Run();

        Assert.IsTrue(result.IsSuccess, string.Join('\n', result.Failures) + "\n" + ledger.Text);
        Assert.AreEqual("", ledger.Discrepancy());
        Assert.HasCount(2, result.Moves);
        Assert.IsFalse(ledger.Text.Contains("fault:", StringComparison.Ordinal), ledger.Text);
        Assert.IsGreaterThanOrEqualTo(least, attacker.Connected, ledger.Text);
    }
}
