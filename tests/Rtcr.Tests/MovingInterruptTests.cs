// A component that lives on an interrupt, restored on boards whose lines have other numbers: no pulse that its board saw is
// lost or counted twice, and the image knows nothing of lines.
using Tern.Components;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class MovingInterruptTests
{
    private const int OriginLine = 2;
    private const int OtherLine = 6;

    [TestMethod]
    public void PulsesInEveryStateMoveToABoardWithAnotherLine()
    {
        RtcrBench origin = Bench(OriginLine);
        origin.Start("wheel", "wheel_speed");
        origin.Run(50);
        Pulse(origin, OriginLine, 7);
        origin.Run(50);

        // One is signalled and not delivered, two wait behind it at the line.
        byte[]? image = null;
        origin.Do(env =>
        {
            origin.Board.Raise(OriginLine);
            origin.Kernel.Poll();
            origin.Board.Raise(OriginLine);
            origin.Board.Raise(OriginLine);
            image = origin.CheckpointHere(env);
        });

        RtcrBench other = Bench(OtherLine);
        other.Board.Raise(OtherLine);
        other.Board.Raise(OriginLine);
        Expect.Ok(other.Restore(image!));
        Pulse(other, OtherLine, 4);
        Pulse(other, OriginLine, 5);
        other.Run(150);
        Pulse(other, OtherLine, 1);
        Assert.AreEqual(7 + 3 + 4 + 1, Counted(other));
    }

    [TestMethod]
    public void PulsesAfterTheLastCheckpointAreNobodys()
    {
        RtcrBench origin = Bench(OriginLine);
        origin.Start("wheel", "wheel_speed");
        origin.Run(110);
        Pulse(origin, OriginLine, 3);
        byte[] image = origin.Checkpoint();
        Pulse(origin, OriginLine, 2);
        origin.Stop();
        Pulse(origin, OriginLine, 2);

        Expect.Ok(origin.Restore(image));
        origin.Run(110);
        Pulse(origin, OriginLine, 1);
        Assert.AreEqual(4, Counted(origin));
    }

    [TestMethod]
    public void TheSameStateGivesTheSameImageWhateverTheLine()
    {
        byte[] first = ImageOf(OriginLine);
        byte[] second = ImageOf(OtherLine);
        Assert.AreEqual(new ImageView(first).Text, new ImageView(second).Text);
        Assert.AreEqual(first.Length, second.Length);
    }

    [TestMethod]
    public void ABoardWithoutTheInterruptRefusesAndGivesEverythingBack()
    {
        byte[] image = ImageOf(OriginLine);
        var bench = new RtcrBench();
        bench.Board.With("wheel_speed", new WheelSpeed());
        bench.Boot();
        Expect.Error(Error.NoDevice, bench.Restore(image));
        bench.Board.Wire("wheel", OtherLine);
        Expect.Ok(bench.Restore(image));
    }

    private static byte[] ImageOf(int line)
    {
        RtcrBench bench = Bench(line);
        bench.Start("wheel", "wheel_speed");
        bench.Run(50);
        Pulse(bench, line, 5);
        return bench.Checkpoint();
    }

    private static RtcrBench Bench(int line)
    {
        var bench = new RtcrBench();
        bench.Board.Wire("wheel", line).With("wheel_speed", new WheelSpeed());
        return bench.Boot();
    }

    private static void Pulse(RtcrBench bench, int line, int times)
    {
        for (int i = 0; i < times; i++)
        {
            bench.RaiseAndSettle(line);
        }
    }

    /// <summary>The count of the last report, which has to be one of a sound component.</summary>
    private static int Counted(RtcrBench bench)
    {
        var report = (string)bench.Board.Submitted[bench.Board.Submitted.Count - 1]!;
        int at = report.IndexOf("verified count=") + "verified count=".Length;
        Assert.IsTrue(at >= "verified count=".Length, report);
        return int.Parse(report.Substring(at, report.IndexOf(' ', at) - at));
    }
}
