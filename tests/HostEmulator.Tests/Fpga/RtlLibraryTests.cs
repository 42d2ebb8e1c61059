// Without the native library there is no RTL, and the error says what to do.
namespace Tern.HostEmulator.Tests;

[TestClass]
public class RtlLibraryTests
{
    [TestMethod]
    public void A_library_that_is_missing_names_the_command_that_builds_it()
    {
        RtlLibraryException error = Assert.ThrowsExactly<RtlLibraryException>(() => new RtlLibrary("/nowhere/libtern_fpga.so"));
        Assert.Contains("/nowhere/libtern_fpga.so", error.Message);
        Assert.Contains("hw/cosim/build", error.Message);
    }

    [TestMethod]
    public void A_file_that_is_no_library_names_the_command_that_builds_it()
    {
        RtlLibraryException error = Assert.ThrowsExactly<RtlLibraryException>(() => new RtlLibrary(typeof(RtlLibraryTests).Assembly.Location));
        Assert.Contains("hw/cosim/build", error.Message);
    }

    [TestMethod]
    public void The_repositorys_library_is_found() => Assert.IsTrue(File.Exists(RtlLibrary.Find()), RtlLibrary.Find() + ": build it with hw/cosim/build");

    [TestMethod]
    [DataRow(5000)]
    [DataRow(2048)]
    [DataRow(1 << 29)]
    public void A_memory_of_another_size_is_refused_by_both(int size)
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new RtlCore(size));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new FpgaModel(size));
    }

    [TestMethod]
    public void Options_out_of_range_are_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => new RtlCore(4096, new RtlOptions { BackPressure = 91 }));

    [TestMethod]
    public void A_core_that_was_disposed_of_says_so()
    {
        var core = new RtlCore(4096);
        core.Dispose();
        core.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => core.Reset());
    }

    [TestMethod]
    public void A_selection_faster_than_the_clock_is_refused_by_both()
    {
        using var rtl = new RtlCore(4096);
        using var model = new FpgaModel(4096);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rtl.Exchange(new byte[4], new byte[4], 79_999));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Exchange(new byte[4], new byte[4], 79_999));
        Assert.ThrowsExactly<ArgumentException>(() => rtl.Exchange(new byte[4], new byte[3], 80_000));
        Assert.ThrowsExactly<ArgumentException>(() => model.Exchange(new byte[4], new byte[3], 80_000));
    }

    [TestMethod]
    public void What_comes_in_may_stand_where_what_goes_out_stood()
    {
        foreach (IFpgaCore core in new IFpgaCore[] { new FpgaModel(4096), new RtlCore(4096), new RtlCore(4096, new RtlOptions { Pins = true }) })
        {
            using (core)
            {
                byte[] wire = FpgaFrames.Make(Tern.Fpga.FpgaCommand.Identify, 1);
                core.Exchange(wire, wire, FpgaPair.Fastest);
                core.Run(1000);
                byte[] poll = FpgaFrames.Poll(16);
                core.Exchange(poll, poll, FpgaPair.Fastest);
                Assert.AreEqual((byte)'T', new FpgaAnswer(poll).Payload[0]);
                Assert.IsTrue(new FpgaAnswer(poll).IsWhole);
            }
        }
    }
}
