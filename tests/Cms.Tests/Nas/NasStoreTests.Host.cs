// The store's promises, one by one: claims are atomic, old epochs are refused, a full or failing disk loses nothing.
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class NasStoreTests
{
    private const long A = 0x10;
    private const long B = 0x20;

    [TestMethod]
    public void AClaimIsForOneOnlyAndMayBeRepeatedByIt() => OnNewDisk(open =>
    {
        Stored(open, A, 64, 1);
        Checkpoint mine = Wanted(A, 64, 7);
        Assert.AreEqual(Error.None, open.Claim(ref mine, out int row));
        Assert.AreEqual(2, mine.Claim, "the epoch was 1");
        Assert.IsTrue(open.Has(row, in mine, 1));
        Checkpoint yours = Wanted(A, 64, 8);
        Assert.AreEqual(Error.Stale, open.Claim(ref yours, out int _));
        Checkpoint again = Wanted(A, 64, 7);
        Assert.AreEqual(Error.None, open.Claim(ref again, out int _));
        Assert.AreEqual(mine.Claim, again.Claim);
        Checkpoint nobodys = Wanted(A, 128, 7);
        Assert.AreEqual(Error.NotFound, open.Claim(ref nobodys, out int _));
        Checkpoint nameless = Wanted(A, 64, 0);
        nameless.Epoch = 1;
        Assert.AreEqual(Error.BadArgument, open.Store.Claim(ref nameless, out int _));
        Checkpoint any = Wanted(A, 64, 7);
        Assert.AreEqual(Error.BadArgument, open.Store.Claim(ref any, out int _), "no epoch is no epoch, not every one");
    });

    [TestMethod]
    public void WhoeverWasClaimedAwayCanStoreNothing() => OnNewDisk(open =>
    {
        Checkpoint origin = Stored(open, A, 64, 1);
        Checkpoint claim = Wanted(A, 64, 7);
        Assert.AreEqual(Error.None, open.Claim(ref claim, out int _));
        Checkpoint late = Next(origin);
        Assert.AreEqual(Error.Stale, open.Put(ref late, 2), "while it is being restored");
        Assert.AreEqual(Error.None, open.Store.Confirm(in claim, B, 0));
        late = Next(origin);
        Assert.AreEqual(Error.Stale, open.Put(ref late, 2), "and after it was");
        Assert.AreEqual(Error.None, open.Store.Confirm(in claim, B, 0), "asked again");
        Checkpoint fresh = New(A, 64, 1000);
        Assert.AreEqual(Error.None, open.Put(ref fresh, 3), "a new component may have the place");
        Assert.AreEqual(3, fresh.Epoch);
        late = Next(origin);
        Assert.AreEqual(Error.Stale, open.Put(ref late, 2), "the old one still may not");
    });

    [TestMethod]
    public void ARestoredCheckpointIsItsNewPlacesUntilThatHasASuccessor() => OnNewDisk(open =>
    {
        Stored(open, A, 64, 1);
        Checkpoint claim = Wanted(A, 64, 7);
        open.Claim(ref claim, out int _);
        Assert.AreEqual(Error.None, open.Store.Confirm(in claim, B, 128));
        Checkpoint next = New(B, 128, 900);
        next.Ticket = 7;
        next.Commit = claim.Commit + 1;
        Assert.AreEqual(Error.None, open.Put(ref next, 2));
        Checkpoint second = Wanted(B, 128, 8);
        Assert.AreEqual(Error.None, open.Claim(ref second, out int row));
        Assert.IsTrue(open.Has(row, in second, 2));

        // It was claimed away from B, so B with its old ticket comes too late.
        Checkpoint late = New(B, 128, 900);
        late.Ticket = 7;
        late.Commit = 50;
        Assert.AreEqual(Error.None, open.Store.Confirm(in second, A, 0));
        Assert.AreEqual(Error.Stale, open.Put(ref late, 3));
    });

    [TestMethod]
    public void ASuccessorMayComeBeforeTheConfirmation() => OnNewDisk(open =>
    {
        Stored(open, A, 64, 1);
        Checkpoint claim = Wanted(A, 64, 7);
        open.Claim(ref claim, out int _);
        foreach (long mac in new[] { B, A })
        {
            Checkpoint next = New(mac, 64, 900);
            next.Ticket = 7;
            next.Commit = 9;
            Assert.AreEqual(Error.None, open.Put(ref next, 2));
            Assert.AreEqual(Error.None, open.Store.Confirm(in claim, mac, 64));
            Checkpoint newest = Wanted(mac, 64, 8);
            Assert.AreEqual(Error.None, open.Claim(ref newest, out int row));
            Assert.IsTrue(open.Has(row, in newest, 2), "the successor counts, not what was confirmed");
            Assert.AreEqual(Error.None, open.Store.Confirm(in newest, A, 64));
            claim = Wanted(A, 64, 7);
            Assert.AreEqual(Error.None, open.Claim(ref claim, out int _));
        }
    });

    [TestMethod]
    public void AClaimGivenUpLeavesEverythingAsItWas() => OnNewDisk(open =>
    {
        Checkpoint origin = Stored(open, A, 64, 1);
        Checkpoint claim = Wanted(A, 64, 7);
        open.Claim(ref claim, out int _);
        Assert.AreEqual(Error.None, open.Store.Abort(in claim));
        Assert.AreEqual(Error.None, open.Store.Abort(in claim), "asked again");
        Assert.AreEqual(Error.Stale, open.Store.Confirm(in claim, B, 0), "too late");
        Checkpoint next = Next(origin);
        Assert.AreEqual(Error.None, open.Put(ref next, 2));
        Checkpoint second = Wanted(A, 64, 8);
        open.Claim(ref second, out int _);
        Assert.IsGreaterThan(claim.Claim, second.Claim, "no number is used twice");
        Assert.AreEqual(Error.None, open.Store.Confirm(in second, 0, 0));
        Assert.AreEqual(Error.Stale, open.Store.Abort(in second), "it was confirmed");
    });

    [TestMethod]
    public void ACommitIsStoredOnceAndNotBackwards() => OnNewDisk(open =>
    {
        Checkpoint first = Stored(open, A, 64, 1);
        Checkpoint same = first;
        Assert.AreEqual(Error.Exists, open.Put(ref same, 1));
        Checkpoint second = Next(first);
        Assert.AreEqual(Error.None, open.Put(ref second, 2));
        Checkpoint back = first;
        Assert.AreEqual(Error.Stale, open.Put(ref back, 1));
    });

    [TestMethod]
    public void AFullDiskRefusesAndKeepsWhatItHas()
    {
        var disk = new MemoryDisk(512, 16 + 8);
        StoreBench.Run(disk, env =>
        {
            var open = new OpenStore(env);
            Assert.AreEqual(Error.None, open.Store.Open(""));
            Checkpoint first = New(A, 0, 2048);
            Assert.AreEqual(Error.None, open.Put(ref first, 1));
            Checkpoint second = New(B, 0, 2049);
            Assert.AreEqual(Error.Full, open.Put(ref second, 2));
            Checkpoint successor = Next(first);
            Assert.AreEqual(Error.None, open.Put(ref successor, 3), "there is room for a second generation");
            successor = Next(successor);
            Assert.AreEqual(Error.None, open.Put(ref successor, 4), "and the first one's is free again");
            Checkpoint claim = Wanted(A, 0, 5);
            Assert.AreEqual(Error.None, open.Claim(ref claim, out int row));
            Assert.IsTrue(open.Has(row, in claim, 4));
        });
        StoreBench.Run(new MemoryDisk(512, 16), env => Assert.AreEqual(Error.Full, new OpenStore(env).Store.Open("")));
    }

    [TestMethod]
    public void TheIndexHasItsLimit() => OnNewDisk(open =>
    {
        for (int i = 0; i < NasIndex.Capacity; i++)
        {
            Checkpoint one = New(A, i, 10);
            Assert.AreEqual(Error.None, open.Put(ref one, i));
        }

        Checkpoint more = New(B, 0, 10);
        Assert.AreEqual(Error.TableFull, open.Put(ref more, 0));
        Checkpoint claim = Wanted(A, 5, 7);
        Assert.AreEqual(Error.None, open.Claim(ref claim, out int _));
        Assert.AreEqual(Error.TableFull, open.Store.Confirm(in claim, B, 0), "there is no record for its new place");
        Assert.AreEqual(Error.None, open.Store.Confirm(in claim, A, 5), "there is at its old one");
    });

    [TestMethod]
    public void OneDamagedCopyOfTheIndexIsRepairedTwoAreRefused()
    {
        var disk = new MemoryDisk(512, 256);
        StoreBench.Run(disk, env =>
        {
            var open = new OpenStore(env);
            Assert.AreEqual(Error.None, open.Store.Open(""));
            Assert.IsTrue(open.Store.Opening == NasOpening.Blank && open.Store.IsMirrored);
            Stored(open, A, 64, 1);
        });
        for (int copy = 0; copy < 2; copy++)
        {
            Damage(disk, copy * 8);
            StoreBench.Run(disk, env =>
            {
                var open = new OpenStore(env);
                Assert.AreEqual(Error.None, open.Store.Open(""));
                Assert.IsTrue(open.Store.Opening == NasOpening.Repaired && open.Store.IsMirrored);
                Checkpoint claim = Wanted(A, 64, 7);
                Assert.AreEqual(Error.None, open.Claim(ref claim, out int row));
                Assert.IsTrue(open.Has(row, in claim, 1));
                Assert.AreEqual(Error.None, open.Store.Abort(in claim));
            });
        }

        Damage(disk, 0);
        Damage(disk, 8);
        StoreBench.Run(disk, env =>
        {
            var open = new OpenStore(env);
            Assert.AreEqual(Error.BadData, open.Store.Open(""), "nobody formats what may still be saved");
            Assert.AreEqual(Error.None, open.Store.Open(open.Store.Fingerprint), "but whoever says so");
            Assert.AreEqual(NasOpening.GivenUp, open.Store.Opening);
        });
    }

    [TestMethod]
    public void EveryOperationOfTheDiskMayFail()
    {
        for (long at = 0; at < 200; at++)
        {
            var disk = new FaultyDisk(new MemoryDisk(512, 256)) { FailAt = at, BlocksBeforeFailure = (int)(at % 5) };
            Checkpoint kept = default;
            int doubtful = 0;
            StoreBench.Run(disk, env =>
            {
                var open = new OpenStore(env);
                if (open.Store.Open("") != Error.None)
                {
                    Assert.AreEqual(Error.None, open.Store.Open(""), "the failure has passed");
                }

                for (int i = 0; i < 6; i++)
                {
                    Checkpoint next = i == 0 || kept.Commit == 0 ? New(A, 64, 1500) : Next(kept);
                    Error error = open.Put(ref next, next.Commit);
                    Assert.IsTrue(error is Error.None or Error.DeviceFailed, Errors.Name(error));
                    kept = error == Error.None ? next : kept;
                    doubtful = error == Error.None ? 0 : next.Commit;
                }
            });
            disk.Revive();
            StoreBench.Run(disk, env =>
            {
                var open = new OpenStore(env);
                Assert.AreEqual(Error.None, open.Store.Open(""));
                Checkpoint claim = Wanted(A, 64, 7);
                Assert.AreEqual(Error.None, open.Claim(ref claim, out int row), "failure at " + at);
                Assert.IsTrue(claim.Commit == kept.Commit || claim.Commit == doubtful);
                Assert.IsTrue(open.Has(row, in claim, claim.Commit));
            });
        }
    }

    /// <summary>
    /// The disk fails once, the store goes on, and then the power goes: what the failed step left on the disk must not
    /// name blocks that others got since.
    /// </summary>
    [TestMethod]
    public void AFailureAndThenAPowerCutLoseNothing()
    {
        for (int at = 6; at < 60; at++)
        {
            for (int later = 0; later < 12; later++)
            {
                var memory = new MemoryDisk(512, 64);
                var power = new FaultyDisk(memory) { FailAt = at + later, StaysDead = true };
                var disk = new FaultyDisk(power) { FailAt = at };
                var kept = new Checkpoint[2];
                var doubtful = new int[2];
                StoreBench.Run(disk, env =>
                {
                    var open = new OpenStore(env);
                    open.Store.Open("");
                    for (int i = 0; i < 10; i++)
                    {
                        int key = i % 2;
                        Checkpoint next = kept[key].Commit == 0 ? New(A, key, 1500) : Next(kept[key]);
                        bool done = open.Put(ref next, (key * 100) + next.Commit) == Error.None;
                        kept[key] = done ? next : kept[key];
                        doubtful[key] = done ? 0 : next.Commit;
                    }
                });
                memory.CutPower(new SeededRandom((ulong)((at * 100) + later)));
                StoreBench.Run(memory, env =>
                {
                    var open = new OpenStore(env);
                    Assert.AreEqual(Error.None, open.Store.Open(""));
                    for (int key = 0; key < 2; key++)
                    {
                        Checkpoint claim = Wanted(A, key, 7);
                        Error error = open.Claim(ref claim, out int row);
                        if (error == Error.NotFound && kept[key].Commit == 0)
                        {
                            continue;
                        }

                        Assert.AreEqual(Error.None, error, $"failure at {at}, power {later} later");
                        Assert.IsTrue(claim.Commit == kept[key].Commit || claim.Commit == doubtful[key]);
                        Assert.IsTrue(open.Has(row, in claim, (key * 100) + claim.Commit), $"failure at {at}, power {later} later");
                    }
                });
            }
        }
    }

    private static void OnNewDisk(System.Action<OpenStore> action) => StoreBench.Run(new MemoryDisk(512, 512), env =>
    {
        var open = new OpenStore(env);
        Assert.AreEqual(Error.None, open.Store.Open(""));
        action(open);
    });

    private static Checkpoint Stored(OpenStore open, long mac, int offset, int content)
    {
        Checkpoint checkpoint = New(mac, offset, 1200);
        Assert.AreEqual(Error.None, open.Put(ref checkpoint, content));
        return checkpoint;
    }

    private static Checkpoint New(long mac, int offset, int size)
        => new() { Mac = mac, Offset = offset, Size = size, Commit = 1 };

    private static Checkpoint Wanted(long mac, int offset, int ticket)
        => new() { Mac = mac, Offset = offset, Size = int.MaxValue, Ticket = ticket };

    private static Checkpoint Next(Checkpoint stored)
    {
        stored.Commit++;
        return stored;
    }

    private static void Damage(MemoryDisk disk, int block)
    {
        var bytes = new byte[512];
        disk.Read(block, bytes, 0, 1);
        bytes[100] ^= 1;
        disk.Write(block, bytes, 0, 1);
        disk.Flush();
    }
}
