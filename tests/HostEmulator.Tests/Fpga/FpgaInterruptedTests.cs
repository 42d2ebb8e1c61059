// Aborts and resets in the middle of jobs. How far a job had come is a matter of clocks, so here it is claimed of both cores what must hold
// whenever it is; afterwards both go on from the same memory, in lockstep again.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaInterruptedTests
{
    private const int From = 0x1003;
    private const int To = 0x4005;
    private const int Length = 9000;
    private const int Filled = 0x7000;
    private const int FilledLength = 300;

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(57)]
    [DataRow(300)]
    [DataRow(1100)]
    [DataRow(1165)]
    [DataRow(1180)]
    [DataRow(1195)]
    [DataRow(1210)]
    [DataRow(1225)]
    [DataRow(1250)]
    [DataRow(3000)]
    public void An_abort_ends_every_job_and_leaves_what_was_written(int clocks)
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] before = Begin(pair);
        pair.Send(pair.Frame(FpgaCommand.Read, 0x100, 0, 64));
        Pass(pair, clocks);
        pair.Send(pair.Frame(FpgaCommand.Abort));
        pair.Finish();
        (byte[] model, byte[] rtl) = pair.Send(FpgaFrames.Poll());
        foreach (byte[] wire in new[] { model, rtl })
        {
            var answer = new FpgaAnswer(wire);
            Assert.AreEqual((FpgaStatus.Ok, 0, FpgaFlag.Introduced), (answer.Status, answer.Length, answer.Flags));
            Assert.AreEqual(((byte)3, (byte)16), (answer.FinishedJob, answer.FreeJobs));
        }

        byte[][] statuses = [.. Enumerable.Range(1, 3).Select(job => Statuses(pair, job))];
        AssertConsistent(pair.Model.Memory, before, [.. statuses.Select(both => both[0])]);
        AssertConsistent(pair.Rtl.Memory, before, [.. statuses.Select(both => both[1])]);
        Align(pair);
        pair.Command(FpgaCommand.InterruptAcknowledge, 7);
        pair.Command(FpgaCommand.Copy, 0x2000, 0x6001, 777);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    [DataRow(333)]
    [DataRow(1175)]
    [DataRow(1205)]
    [DataRow(1300)]
    public void A_reset_in_the_middle_is_noticed_and_leaves_what_was_written(int clocks)
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] before = Begin(pair);
        Pass(pair, clocks);
        pair.Reset();
        Assert.AreEqual((false, false), (pair.Model.IsBusy, pair.Rtl.IsBusy));
        AssertConsistent(pair.Model.Memory, before, null);
        AssertConsistent(pair.Rtl.Memory, before, null);
        pair.Rtl.Memory.CopyTo(pair.Model.Memory);
        Assert.AreEqual(FpgaStatus.NotIntroduced, pair.Exchange(FpgaFrames.Poll()).Status);
        pair.Command(FpgaCommand.Identify);
        Assert.AreEqual(FpgaStatus.UnknownJob, pair.Command(FpgaCommand.Status, 1).Status);
        Align(pair);
        pair.Command(FpgaCommand.CopyList, payload: FpgaFrames.List((0x2000, 0x6001, 777), (0x10, 0x7003, 99)));
        Assert.AreEqual(FpgaStatus.Ok, pair.Command(FpgaCommand.Status, 2).Status);
    }

    [TestMethod]
    public void In_the_middle_of_a_copy_a_part_of_it_is_there()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] before = Begin(pair);
        Pass(pair, 300);
        pair.Reset();
        int model = AssertConsistent(pair.Model.Memory, before, null), rtl = AssertConsistent(pair.Rtl.Memory, before, null);
        Assert.IsTrue(model is > 1000 and < Length - 1000 && rtl is > 1000 and < Length - 1000, $"{model} bytes in the model, {rtl} in the RTL");
    }

    [TestMethod]
    public void Nothing_is_taken_until_an_abort_is_done()
    {
        using FpgaPair pair = FpgaPair.Introduced(new RtlOptions { Timing = new FpgaTiming(128, 1000) });
        Begin(pair);
        pair.Send(pair.Frame(FpgaCommand.Abort));
        byte[] early = pair.Frame(FpgaCommand.Fill, 1, 0x100, 8);
        (byte[] model, byte[] rtl) = pair.Send(early);
        Assert.AreEqual((FpgaStatus.Pending, FpgaStatus.Pending), (new FpgaAnswer(model).Status, new FpgaAnswer(rtl).Status));
        (model, rtl) = pair.Send(FpgaFrames.Poll());
        Assert.AreEqual((FpgaLink.Busy, FpgaLink.Busy), (new FpgaAnswer(model).Link, new FpgaAnswer(rtl).Link));
    }

    /// <summary>A copy of about 1,200 clocks, and a short job after it.</summary>
    private static byte[] Begin(FpgaPair pair)
    {
        byte[] before = pair.Model.Memory.ToArray();
        pair.Send(pair.Frame(FpgaCommand.Copy, From, To, Length));
        pair.Send(pair.Frame(FpgaCommand.Fill, 0x5A5A5A5A, Filled, FilledLength));
        return before;
    }

    /// <summary>Lets exactly so many clocks pass in both, jobs or none.</summary>
    private static void Pass(FpgaPair pair, int clocks)
    {
        pair.Model.Run(clocks);
        pair.Rtl.Run(clocks);
    }

    private static byte[] Statuses(FpgaPair pair, int job)
    {
        pair.Send(pair.Frame(FpgaCommand.Status, (uint)job));
        (byte[] model, byte[] rtl) = pair.Send(FpgaFrames.Poll());
        return [new FpgaAnswer(model).Status, new FpgaAnswer(rtl).Status];
    }

    /// <summary>
    /// Jobs that ended well have done everything, none after one that was aborted has begun, and the one in between has written its first bytes
    /// and no others.
    /// </summary>
    /// <returns>How many bytes of the copy are there.</returns>
    private static int AssertConsistent(ReadOnlySpan<byte> memory, byte[] before, byte[]? statuses)
    {
        byte[] after = memory.ToArray();
        int copied = Enumerable.Range(0, Length).TakeWhile(index => after[To + index] == before[From + index]).Count();
        int filled = Enumerable.Range(0, FilledLength).TakeWhile(index => after[Filled + index] == 0x5A).Count();
        byte[] expected = [.. before];
        before.AsSpan(From, copied).CopyTo(expected.AsSpan(To));
        expected.AsSpan(Filled, filled).Fill(0x5A);
        CollectionAssert.AreEqual(expected, after, "something was written out of turn");
        Assert.IsTrue(copied == Length || filled == 0, "the second job came before the first had ended");
        if (statuses is null)
        {
            return copied;
        }

        Assert.IsTrue(statuses.All(status => status is FpgaStatus.Ok or FpgaStatus.Aborted), string.Join(' ', statuses));
        CollectionAssert.AreEqual(statuses.Order().ToArray(), statuses, "a job ended well after one that was aborted");
        Assert.IsTrue(statuses[0] == FpgaStatus.Aborted || copied == Length);
        Assert.IsTrue(statuses[1] == FpgaStatus.Aborted || filled == FilledLength);
        return copied;
    }

    private static void Align(FpgaPair pair)
    {
        pair.Rtl.Memory.CopyTo(pair.Model.Memory);
        pair.Send(pair.Frame(FpgaCommand.DirtyClear, 0, 0, 4096));
        pair.Finish();
    }
}
