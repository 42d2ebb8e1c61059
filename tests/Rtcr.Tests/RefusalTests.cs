// What RTCR refuses: by which name, and that nothing is left of the attempt.
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Tests;

[TestClass]
public class RefusalTests
{
    private const string Sleeping = "sleeping in a one-shot timer";

    [TestMethod]
    public void AnotherKeyIsRefused()
    {
        byte[] image = StateBench.ImageOf(Sleeping);
        RtcrBench bench = StateBench.Boot(new Sleeper(), false);
        ICrypto crypto = bench.Board.Crypto;
        int end = image.Length - ImageFormat.TrailerSize;
        crypto.BeginMac(2);
        crypto.UpdateMac(image, 0, end);
        crypto.EndMac(image, end);

        Refused(bench, image, Error.BadData);
    }

    [TestMethod]
    [DataRow(ImageFormat.VersionAt, (ImageFormat.Version + 1) | (ImageFormat.HeaderSize << 16))]
    [DataRow(ImageFormat.VersionAt, ImageFormat.Version | ((ImageFormat.HeaderSize + 8) << 16))]
    [DataRow(ImageFormat.FlagsAt, 1)]
    [DataRow(0, 0x4e524555)]
    public void AnotherFormatIsRefused(int at, int value)
    {
        byte[] image = StateBench.ImageOf(Sleeping);
        RtcrBench bench = StateBench.Boot(new Sleeper(), false);
        ImageSeal.Put(image, at, value);

        Refused(bench, bench.Seal(image), Error.BadData);
    }

    [TestMethod]
    public void TrailingGarbageIsRefused()
    {
        byte[] image = StateBench.ImageOf(Sleeping);
        RtcrBench bench = StateBench.Boot(new Sleeper(), false);
        for (int more = 1; more < 70; more += 4)
        {
            var longer = new byte[image.Length + more];
            System.Array.Copy(image, 0, longer, 0, image.Length);
            Refused(bench, longer, Error.BadData);
            Refused(bench, bench.Seal(longer), Error.BadData);
        }
    }

    [TestMethod]
    public void AnImageOfABoardWithSmallerPagesIsRefused()
    {
        TestBoard board = StateBench.Board();
        board.Profile.PageSize = 256;
        RtcrBench small = StateBench.Boot(board, new Sleeper(), false);
        small.Start(StateBench.Target, StateBench.Target);
        small.Run(200);

        Refused(StateBench.Boot(new Sleeper(), false), small.Checkpoint(), Error.BadRegion);
    }

    [TestMethod]
    public void MoreRamThanThereIsIsRefused()
    {
        byte[] image = StateBench.ImageOf("capability map grown, much memory");
        TestBoard board = StateBench.Board();
        board.Profile.BankSizes = new[] { 1600 * 1024 };

        Refused(StateBench.Boot(board, new Hoarder(), false), image, Error.OutOfRam);
    }

    [TestMethod]
    public void MoreCapabilitiesThanThereAreAreRefused()
    {
        byte[] image = StateBench.ImageOf("capability map grown, much memory");
        TestBoard board = StateBench.Board();
        board.Profile.Capabilities = 200;

        Refused(StateBench.Boot(board, new Hoarder(), false), image, Error.OutOfCaps);
    }

    [TestMethod]
    public void EveryBudgetThatDoesNotSufficeIsNamed()
    {
        // RTCR itself needs some for each object: wherever it runs out, everything comes back.
        byte[] image = StateBench.ImageOf("capability map grown");
        int succeeded = 0;
        for (int caps = 120; caps < 260; caps += 7)
        {
            TestBoard board = StateBench.Board();
            board.Profile.Capabilities = caps;
            RtcrBench bench = StateBench.Boot(board, new Hoarder(), false);
            Quota before = bench.Quota();
            Error error = bench.Restore(image, env => bench.Rtcr.Stop(0));
            Assert.IsTrue(error == Error.None || error == Error.OutOfCaps, Errors.Name(error));
            Assert.AreEqual(before.CapUsed, bench.Quota().CapUsed, "with " + caps);
            Assert.AreEqual(before.CapQuota, bench.Quota().CapQuota, "with " + caps);
            succeeded += error == Error.None ? 1 : 0;
        }

        Assert.IsTrue(succeeded > 0 && succeeded < 20, succeeded + " succeeded");
    }

    [TestMethod]
    [DataRow("gates", "managed dataspaces nested")]
    [DataRow("irqs", "managed dataspaces nested")]
    [DataRow("dataspaces", "managed dataspaces nested")]
    [DataRow("region maps", "managed dataspaces nested")]
    [DataRow("regions", "managed dataspaces nested")]
    [DataRow("objects", "managed dataspaces nested")]
    [DataRow("sessions", "managed dataspaces nested")]
    [DataRow("tasks", "managed dataspaces nested")]
    [DataRow("threads", "managed dataspaces nested")]
    [DataRow("gates", "parent asks its child, one request kept")]
    [DataRow("sessions", "parent asks its child, one request kept")]
    [DataRow("tasks", "parent asks its child, one request kept")]
    [DataRow("threads", "parent asks its child, one request kept")]
    public void EveryTableThatIsTooSmallIsNamed(string table, string state)
    {
        byte[] image = StateBench.ImageOf(state);
        int refused = 0;
        for (int size = 1; size < 80; size++)
        {
            TestBoard board = StateBench.Board();
            Shrink(board.Profile, table, size);
            board.With(StateBench.Target, StateBench.Find(state).Program);
            var bench = new RtcrBench(board, false);
            if (!bench.TryBoot())
            {
                continue;
            }

            Quota before = bench.Quota();
            Error error = bench.Restore(image, env => bench.Rtcr.Stop(0));
            Assert.IsTrue(error == Error.None || error == Error.TableFull, table + " of " + size + ": " + Errors.Name(error));
            Quota after = bench.Quota();
            Assert.AreEqual(before.CapUsed, after.CapUsed, table + " of " + size);
            Assert.AreEqual(before.RamQuota, after.RamQuota, table + " of " + size);
            Assert.IsTrue(bench.Rtcr.IsFree(0));
            refused += error == Error.None ? 0 : 1;
        }

        Assert.IsTrue(refused > 0, "no size of the table of " + table + " was too small");
    }

    [TestMethod]
    public void OneDomainTooManyIsRefusedByNameAndTheTargetGoesOn()
    {
        RtcrBench bench = StateBench.Started(new Spawner(), false, 250);
        Assert.IsTrue(bench.Board.Logged((new RtcrLimits().Domains - 1) + " domains, then " + Errors.Name(Error.TableFull)), bench.Console(StateBench.Target, 0));
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
        bench.Run(500);
        Assert.IsTrue(bench.Board.Logged("7 verified"));
    }

    [TestMethod]
    public void AnUnknownProgramIsRefused()
        => Refused(new RtcrBench().Boot(), StateBench.ImageOf(Sleeping), Error.NotFound);

    [TestMethod]
    public void ATakenPlaceIsRefusedAndItsTargetGoesOn()
    {
        byte[] image = StateBench.ImageOf(Sleeping);
        RtcrBench bench = StateBench.Started(new Ticker(), false, 150);
        int epoch = bench.Rtcr.EpochOf(0);

        Expect.Error(Error.Busy, bench.Restore(image));

        Assert.AreEqual(epoch, bench.Rtcr.EpochOf(0));
        Expect.Error(Error.Busy, bench.TryStart("other", "sheep_counter", 4096, 50, ""));
        Assert.AreEqual(StateBench.Target, bench.Rtcr.NameOf(0));
        bench.Run(1000);
        Assert.IsTrue(bench.Board.Logged("11 verified"));
    }

    [TestMethod]
    public void APlaceThatIsTooSmallIsRefusedAndTheTargetGoesOn()
    {
        RtcrBench bench = StateBench.Started(new Collector(), false, 150);
        int size = bench.Checkpoint().Length;
        int commit = bench.Rtcr.CommitOf(0);
        for (int capacity = 0; capacity < size; capacity += capacity < 3000 ? 1 : 997)
        {
            Expect.Error(Error.Full, bench.TryCheckpoint(capacity));
        }

        Expect.Error(Error.Full, bench.TryCheckpoint(size - 1));
        Assert.AreEqual(commit, bench.Rtcr.CommitOf(0), "a checkpoint that was not taken counts");
        Expect.Ok(bench.TryCheckpoint(size));
        bench.Run(1000);
        Assert.IsTrue(bench.Board.Logged("11 verified"));
        Assert.IsFalse(bench.Board.Logged("broken"), bench.Console(StateBench.Target, 0));
    }

    [TestMethod]
    public void ACapabilityOfUnknownOriginRefusesTheCheckpoint()
    {
        RtcrBench bench = StateBench.Started(new Receiver(), true, 150);
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
        bench.Run(100);
        Assert.IsTrue(bench.Board.Logged("visited"));
        for (int i = 0; i < 3; i++)
        {
            Expect.Error(Error.BadData, bench.TryCheckpoint(CommandedRtcr.Capacity));
            bench.Run(100);
        }

        bench.Run(200);
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
        Assert.IsTrue(bench.Board.Logged("7 verified"));
        Assert.IsFalse(bench.Board.Logged("broken"), bench.Console(StateBench.Target, 0));
    }

    [TestMethod]
    public void ATargetThatHasExitedIsNotCheckpointed()
    {
        RtcrBench bench = StateBench.Started(new Leaver(), false, 450);
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
        bench.Run(100);
        Expect.Error(Error.Gone, bench.TryCheckpoint(CommandedRtcr.Capacity));
        bench.Do(env =>
        {
            Assert.AreEqual(0, bench.Rtcr.TakeEnded(out Error fault, out int value));
            Expect.Ok(fault);
            Assert.AreEqual(7, value);
        });
    }

    [TestMethod]
    public void ATargetThatHasFaultedIsNotCheckpointed()
    {
        RtcrBench bench = StateBench.Started(new ReadOnlyWriter(), false, 350);
        Expect.Ok(bench.TryCheckpoint(CommandedRtcr.Capacity));
        bench.Run(100);
        Expect.Error(Error.Faulted, bench.TryCheckpoint(CommandedRtcr.Capacity));
    }

    [TestMethod]
    public void ATargetThatLiesAboutItsCapabilityMapHarmsNobody()
    {
        RtcrBench bench = StateBench.Started(new Liar(), false, 50);
        RtcrBench other = StateBench.Boot(new Liar(), false);
        for (int lie = 1; lie <= 6; lie++)
        {
            bench.Run(100);
            byte[] image = bench.Checkpoint();
            if (lie < 6)
            {
                Refused(other, image, Error.BadData);
            }
            else
            {
                Expect.Ok(other.Restore(image));
            }
        }

        Assert.IsFalse(other.Board.Logged("fault"));
    }

    [TestMethod]
    public void ANameThatAnImageCannotHoldIsRefused()
    {
        RtcrBench bench = StateBench.Boot(new Sleeper(), false);
        string longest = "a name that is exactly as long as an image's names may be -> 63";
        Assert.AreEqual(ImageFormat.MaxName, longest.Length);
        Expect.Error(Error.BadArgument, bench.TryStart(longest + "!", StateBench.Target, 65536, 50, ""));
        Expect.Error(Error.BadArgument, bench.TryStart("", StateBench.Target, 65536, 50, ""));
        Expect.Ok(bench.TryStart(longest, StateBench.Target, 65536, 50, ""));
        bench.Run(100);
        byte[] image = bench.Checkpoint();
        bench.Stop();
        Expect.Ok(bench.Restore(image));
        Assert.AreEqual(longest, bench.Rtcr.NameOf(0));
    }

    /// <summary>Refused by that name, with nothing spent and nobody hurt.</summary>
    private static void Refused(RtcrBench bench, byte[] image, Error expected)
    {
        Quota before = bench.Quota();
        Expect.Error(expected, bench.Restore(image));
        Quota after = bench.Quota();
        Assert.AreEqual(before.RamQuota, after.RamQuota);
        Assert.AreEqual(before.CapQuota, after.CapQuota);
        Assert.AreEqual(before.CapUsed, after.CapUsed);
        Assert.IsTrue(bench.Rtcr.IsFree(0));
        Assert.IsFalse(bench.Board.Logged("fault"));
        Assert.IsNull(bench.Kernel.DumpCapabilities("init -> " + StateBench.Target));
    }

    private static void Shrink(BoardProfile profile, string table, int size)
    {
        switch (table)
        {
            case "gates":
                profile.MaxGates = size;
                break;
            case "irqs":
                profile.MaxIrqs = size;
                break;
            case "dataspaces":
                profile.MaxDataspaces = size;
                break;
            case "region maps":
                profile.MaxRegionMaps = size;
                break;
            case "regions":
                profile.MaxRegions = size;
                break;
            case "objects":
                profile.MaxObjects = size;
                break;
            case "sessions":
                profile.MaxSessions = size;
                break;
            case "tasks":
                profile.MaxTasks = size;
                break;
            default:
                profile.MaxThreads = size;
                break;
        }
    }
}
