// Jobs that wait: numbers, results, a full queue, replies that are held back, the payload's buffer, interrupts, aborts and resets.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaJobTests
{
    [TestMethod]
    public void The_last_sixteen_results_are_known()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        Assert.AreEqual(FpgaStatus.UnknownJob, pair.Command(FpgaCommand.Status, 0).Status);
        Assert.AreEqual(FpgaStatus.UnknownJob, pair.Command(FpgaCommand.Status, 1).Status);
        for (int job = 1; job <= 300; job++)
        {
            FpgaAnswer answer = pair.Command(FpgaCommand.Crc, (uint)job, 0, 1);
            Assert.AreEqual((byte)job, answer.Value);
        }

        for (int ago = 0; ago < 20; ago++)
        {
            FpgaAnswer answer = pair.Command(FpgaCommand.Status, (uint)(byte)(300 - ago));
            Assert.AreEqual(ago < 16 ? FpgaStatus.Ok : FpgaStatus.UnknownJob, answer.Status);
            uint crc = Crc32.Continue(0, pair.Model.Memory.Slice(300 - ago, 1));
            Assert.AreEqual(ago < 16 ? crc : 0, answer.Value);
        }
    }

    [TestMethod]
    public void A_full_queue_takes_no_job()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        for (int job = 0; job < 17; job++)
        {
            pair.Send(pair.Frame(FpgaCommand.Fill, (uint)job, 0x100, 0x6000));
        }

        FpgaAnswer refused = Both(pair, FpgaFrames.Poll());
        Assert.AreEqual((FpgaStatus.QueueFull, (byte)0, (byte)0), (refused.Status, refused.FreeJobs, refused.FinishedJob));
        Assert.AreEqual(FpgaFlag.Running | FpgaFlag.QueueFull | FpgaFlag.Introduced, refused.Flags);
        pair.Send(pair.Frame(FpgaCommand.Status, 16));
        Assert.AreEqual(FpgaStatus.Queued, Both(pair, FpgaFrames.Poll()).Status);
        pair.Send(pair.Frame(FpgaCommand.Status, 17));
        Assert.AreEqual(FpgaStatus.UnknownJob, Both(pair, FpgaFrames.Poll()).Status);
        pair.Settle();
        FpgaAnswer done = pair.Fetch();
        Assert.AreEqual(((byte)16, (byte)16, FpgaFlag.Introduced), (done.FinishedJob, done.FreeJobs, done.Flags));
    }

    [TestMethod]
    public void A_reading_is_pending_until_its_job_is_done_and_nothing_else_is_taken()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Send(pair.Frame(FpgaCommand.Fill, 0x11223344, 0x100, 0x6000));
        pair.Send(pair.Frame(FpgaCommand.Read, 0x100, 0, 8));
        FpgaAnswer pending = Both(pair, FpgaFrames.Make(FpgaCommand.InterruptEnable, (byte)(pair.Sequence + 1), 7));
        Assert.AreEqual((FpgaStatus.Pending, pair.Sequence, 0, 2u), (pending.Status, pending.Sequence, pending.Length, pending.Value));
        FpgaAnswer refused = Both(pair, FpgaFrames.Poll());
        Assert.AreEqual((FpgaLink.Busy, FpgaStatus.Pending), (refused.Link, refused.Status));
        pair.Settle();
        CollectionAssert.AreEqual(new byte[] { 0x44, 0x33, 0x22, 0x11, 0x44, 0x33, 0x22, 0x11 }, pair.Fetch().Payload);
        Assert.IsFalse(pair.Model.InterruptLine);
    }

    [TestMethod]
    public void A_repeated_frame_has_its_reply_sent_again()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        byte[] frame = pair.Frame(FpgaCommand.Crc, 0x100, 0, 5);
        FpgaAnswer first = pair.Whole(frame);
        FpgaAnswer again = pair.Linked(frame);
        Assert.AreEqual((FpgaLink.Repeated, first.Value, first.Sequence), (again.Link, again.Value, again.Sequence));
        Assert.AreEqual(1, again.FinishedJob);
        Assert.AreEqual(FpgaLink.Repeated, pair.Linked(FpgaFrames.Make(FpgaCommand.Fill, pair.Sequence, 0, 0, 100)).Link);
    }

    [TestMethod]
    public void The_payloads_buffer_belongs_to_its_job()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Send(pair.Frame(FpgaCommand.Fill, 1, 0x100, 0x6000));
        pair.Send(pair.Frame(FpgaCommand.Write, 0, 0x7000, 0, [1, 2, 3]));
        byte[] second = pair.Frame(FpgaCommand.Write, 0, 0x7100, 0, [4, 5, 6]);
        Assert.AreEqual(FpgaFlag.Running | FpgaFlag.BufferBusy | FpgaFlag.Introduced, Both(pair, second).Flags);
        Assert.AreEqual(FpgaLink.Busy, Both(pair, FpgaFrames.Poll()).Link);
        pair.Settle();
        Assert.AreEqual(2, pair.Fetch().FinishedJob);
        Assert.AreEqual(FpgaStatus.Ok, pair.Whole(second).Status);
        CollectionAssert.AreEqual(new byte[] { 4, 5, 6 }, pair.Model.Memory.Slice(0x7100, 3).ToArray());
    }

    [TestMethod]
    public void A_payload_that_began_while_the_buffer_was_taken_is_refused_though_it_is_free_at_the_end()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Send(pair.Frame(FpgaCommand.Fill, 1, 0x100, 0x1000));
        pair.Send(pair.Frame(FpgaCommand.Write, 0, 0x7000, 0, [1, 2, 3]));
        byte[] late = pair.Frame(FpgaCommand.Write, 0, 0x7100, 0, FpgaFrames.Bytes(4, 300));
        pair.Send(late);
        Assert.AreEqual(FpgaLink.Busy, Both(pair, FpgaFrames.Poll()).Link);
        pair.Settle();
        Assert.AreEqual(FpgaStatus.Ok, pair.Whole(late).Status);
    }

    [TestMethod]
    public void The_interrupt_line_is_high_while_an_enabled_cause_is_pending()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterruptEnable, FpgaInterrupt.JobFailed);
        FpgaAnswer well = pair.Command(FpgaCommand.Fill, 0, 0, 8);
        Assert.AreEqual((FpgaInterrupt.JobDone | FpgaInterrupt.Idle, false), (well.Interrupts, pair.Model.InterruptLine));
        FpgaAnswer badly = pair.Command(FpgaCommand.Compare, 0x100, 0x200, 8);
        Assert.AreEqual(7, badly.Interrupts);
        Assert.IsTrue(pair.Model.InterruptLine);
        Assert.AreEqual(FpgaFlag.Interrupt, badly.Flags & FpgaFlag.Interrupt);
        FpgaAnswer acknowledged = pair.Command(FpgaCommand.InterruptAcknowledge, FpgaInterrupt.JobFailed);
        Assert.AreEqual((FpgaInterrupt.JobDone | FpgaInterrupt.Idle, false), (acknowledged.Interrupts, pair.Model.InterruptLine));
        Assert.IsFalse(pair.Model.InterruptLine);
        pair.Command(FpgaCommand.InterruptEnable, FpgaInterrupt.Idle);
        Assert.IsTrue(pair.Model.InterruptLine);
    }

    [TestMethod]
    public void A_reset_forgets_everything_but_memory_and_dirty_map()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        pair.Command(FpgaCommand.InterceptRegion, 0x2000, 0x9000, 0x1008);
        pair.Command(FpgaCommand.InterruptEnable, 7);
        pair.Command(FpgaCommand.Fill, 1, 0x2000, 0x300);
        byte[] map = pair.Map();
        pair.Reset();
        pair.Settle();
        CollectionAssert.AreEqual(map, pair.Map());
        Assert.AreEqual(7, map[0]);
        FpgaAnswer answer = pair.Fetch();
        Assert.AreEqual((FpgaStatus.NotIntroduced, (byte)0, (byte)0, (byte)0), (answer.Status, answer.Flags, answer.Interrupts, answer.FinishedJob));
        Assert.AreEqual(FpgaStatus.NotIntroduced, pair.Command(FpgaCommand.Status, 1).Status);
        pair.Command(FpgaCommand.Identify);
        Assert.AreEqual(FpgaStatus.UnknownJob, pair.Command(FpgaCommand.Status, 1).Status);
        byte redundant = pair.Model.Memory[0x9400];
        pair.Command(FpgaCommand.Fill, redundant + 1u, 0x2400, 1);
        Assert.AreEqual(redundant, pair.Model.Memory[0x9400]);
    }

    [TestMethod]
    public void An_abort_without_jobs_is_answered_at_once()
    {
        using FpgaPair pair = FpgaPair.Introduced();
        FpgaAnswer answer = pair.Command(FpgaCommand.Abort);
        Assert.AreEqual((FpgaStatus.Ok, FpgaFlag.Introduced, (byte)0), (answer.Status, answer.Flags, answer.Interrupts));
    }

    /// <summary>A selection while jobs run, with a margin of clocks on both sides: what comes out is equal all the same.</summary>
    private static FpgaAnswer Both(FpgaPair pair, byte[] frame)
    {
        (byte[] model, byte[] rtl) = pair.Send(frame);
        Assert.AreEqual(Convert.ToHexString(rtl), Convert.ToHexString(model));
        return new FpgaAnswer(model);
    }
}
