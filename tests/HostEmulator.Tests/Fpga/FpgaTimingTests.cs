// The model's clocks beside the RTL's. Where nothing ends early the formula is exact but for a clock or two of the RTL's own pace.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

[TestClass]
public class FpgaTimingTests
{
    /// <summary>Clocks by which a job that ends well may differ: the RTL comes to rest two clocks after a job has ended.</summary>
    private const long Tolerance = 4;

    private const uint From = 0x20000;
    private const uint To = 0x40000;

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(32, 8)]
    [DataRow(64, 64)]
    [DataRow(128, 0)]
    [DataRow(128, 128)]
    public void A_job_takes_the_modelled_clocks(int readLatency, int writeLatency)
    {
        using FpgaPair pair = Pair(readLatency, writeLatency);
        foreach (uint length in new uint[] { 0, 1, 8, 13, 127, 128, 1000, 4096, 65536 })
        {
            AssertAlike(pair, FpgaCommand.Fill, 1, To + 3, length);
            AssertAlike(pair, FpgaCommand.Copy, From, To, length);
            AssertAlike(pair, FpgaCommand.Copy, From + 1, To + 6, length);
            AssertAlike(pair, FpgaCommand.Copy, From + 5, To + 3, length);
            AssertAlike(pair, FpgaCommand.Crc, From, 0, length);
            AssertAlike(pair, FpgaCommand.Crc, From + 3, 0, length);
            AssertAlike(pair, FpgaCommand.Copy, From, To, length);
            AssertAlike(pair, FpgaCommand.Compare, From, To, length);
            if (length is >= 1 and <= 4096)
            {
                AssertAlike(pair, FpgaCommand.Write, 0, To + 1, 0, new byte[length]);
                AssertAlike(pair, FpgaCommand.Read, From + 1, 0, length);
            }
        }

        AssertAlike(pair, FpgaCommand.DirtyRead, 0, 1, 64);
        AssertAlike(pair, FpgaCommand.DirtyClear, 0, 0, 4096);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(32, 8)]
    [DataRow(128, 64)]
    public void A_list_takes_the_modelled_clocks(int readLatency, int writeLatency)
    {
        using FpgaPair pair = Pair(readLatency, writeLatency);
        AssertAlike(pair, FpgaCommand.CopyList, 0, 0, 0, FpgaFrames.List((From, To, 1)));
        AssertAlike(pair, FpgaCommand.CopyList, 0, 0, 0, FpgaFrames.List((From, To, 900), (From + 3, To + 1000, 0), (From + 5, To + 2002, 77)));
        AssertAlike(pair, FpgaCommand.CopyList, 0, 0, 0, FpgaFrames.List([.. Enumerable.Repeat((From, To, 0u), 256)]));
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(32, 8)]
    [DataRow(128, 0)]
    public void A_comparison_that_finds_something_takes_about_the_modelled_clocks(int readLatency, int writeLatency)
    {
        using FpgaPair pair = Pair(readLatency, writeLatency);
        pair.Command(FpgaCommand.Copy, From, To, 65536);
        foreach (uint at in new uint[] { 65535, 60000, 30001, 9000, 4100, 4096, 4095, 777, 300, 100, 8, 0 })
        {
            pair.Command(FpgaCommand.Fill, pair.Model.Memory[(int)(From + at)] + 1u, To + at, 1);
            // A few bursts more or less are under way when the difference is found.
            AssertAlike(pair, FpgaCommand.Compare, From, To, 65536, tolerance: 32);
        }
    }

    [TestMethod]
    public void Jobs_that_wait_follow_one_another_without_a_pause()
    {
        using FpgaPair pair = Pair(32, 8);
        pair.Send(pair.Frame(FpgaCommand.Fill, 1, To, 65536));
        for (int job = 1; job < 16; job++)
        {
            pair.Send(pair.Frame(FpgaCommand.Copy, From, To + (uint)job, 100 * (uint)job));
        }

        AssertAlike(pair, 16 * Tolerance);
    }

    [TestMethod]
    [DataRow(80_000, 20, 160)]
    [DataRow(307_692, 13, 400)]
    [DataRow(999_999, 7, 700)]
    public void A_selection_takes_the_clocks_of_its_bytes_and_eight(int pace, int bytes, int clocks)
    {
        using var pair = new FpgaPair { Pace = pace };
        long model = pair.Model.Clocks, rtl = pair.Rtl.Clocks;
        for (int time = 0; time < 1000; time++)
        {
            pair.Exchange(new byte[bytes]);
        }

        long all = ((long)pace * bytes * 1000 / FpgaLimits.ClockPicoseconds) + (FpgaLimits.Pause * 1000);
        Assert.AreEqual((all, all), (pair.Model.Clocks - model, pair.Rtl.Clocks - rtl));
        Assert.AreEqual(clocks, (all - 8000 + 500) / 1000, "of a thousand, rounded");
    }

    private static FpgaPair Pair(int readLatency, int writeLatency)
    {
        var pair = new FpgaPair(1 << 20, new RtlOptions { Timing = new FpgaTiming(readLatency, writeLatency) });
        pair.Command(FpgaCommand.Identify);
        return pair;
    }

    private static void AssertAlike(FpgaPair pair, byte command, uint argument0, uint argument1, uint argument2, byte[]? payload = null,
        long tolerance = Tolerance)
    {
        pair.Send(pair.Frame(command, argument0, argument1, argument2, payload));
        AssertAlike(pair, tolerance, $"command {command:X2} with {argument0:X} {argument1:X} {argument2:X}");
    }

    private static void AssertAlike(FpgaPair pair, long tolerance, string what = "")
    {
        long model = pair.Model.Run(10_000_000), rtl = pair.Rtl.Run(10_000_000);
        Assert.IsLessThanOrEqualTo(tolerance, Math.Abs(model - rtl), $"{what}: the model takes {model} clocks, the RTL {rtl}");
    }
}
