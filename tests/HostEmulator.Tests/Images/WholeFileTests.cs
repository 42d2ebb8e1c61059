// Files of the emulator are there whole or not at all.
namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tern-").FullName;

    private string Target => Path.Combine(_folder, "sheep.image");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void WhatIsWrittenIsThereAndNothingElse()
    {
        WholeFile.Write(Target, [1, 2, 3]);
        WholeFile.Write(Target, [4, 5]);
        CollectionAssert.AreEqual(new byte[] { 4, 5 }, File.ReadAllBytes(Target));
        OnlyTargetIsThere();
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AWriterThatFailsInTheMiddleLeavesWhatWasThere(bool wasThere)
    {
        if (wasThere)
        {
            File.WriteAllText(Target, "old");
        }

        IOException failure = Assert.ThrowsExactly<IOException>(() => WholeFile.Write(Target, HalfOfIt));
        Assert.AreEqual($"{Target} cannot be written: {LimitedStream.Reason}", failure.Message);
        Assert.AreEqual(wasThere, File.Exists(Target));
        Assert.AreEqual(wasThere ? "old" : "", wasThere ? File.ReadAllText(Target) : "");
        Assert.HasCount(wasThere ? 1 : 0, Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public void AnEmptyFileStaysEmptyWhenItsWriterFails()
    {
        File.WriteAllBytes(Target, []);
        Assert.ThrowsExactly<IOException>(() => WholeFile.Write(Target, HalfOfIt));
        Assert.AreEqual(0, new FileInfo(Target).Length);
        OnlyTargetIsThere();
    }

    [TestMethod]
    public void ADirectoryInTheWayIsNamedAndNothingIsLeft()
    {
        Directory.CreateDirectory(Target);
        Assert.StartsWith(Target + " cannot be written: ", Assert.ThrowsExactly<IOException>(() => WholeFile.Write(Target, [1])).Message);
        OnlyTargetIsThere();
    }

    [TestMethod]
    public void ANewFileReplacesNothing()
    {
        File.WriteAllText(Target, "old");
        Assert.AreEqual($"{Target} is there already; name a new file", Assert.ThrowsExactly<IOException>(() => WholeFile.WriteNew(Target, [1])).Message);
        Assert.AreEqual("old", File.ReadAllText(Target));
        OnlyTargetIsThere();
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void ADeviceBehindALinkIsWrittenWhereItIs()
    {
        File.CreateSymbolicLink(Target, "/dev/full");
        Assert.AreEqual($"{Target} cannot be written: No space left on device", Assert.ThrowsExactly<IOException>(() => WholeFile.Write(Target, [1])).Message);
        Assert.AreEqual("/dev/full", new FileInfo(Target).LinkTarget);
        File.Delete(Target);
        File.CreateSymbolicLink(Target, "/dev/null");
        WholeFile.Write(Target, [1]);
        Assert.AreEqual("/dev/null", new FileInfo(Target).LinkTarget);
        OnlyTargetIsThere();
    }

    private static void HalfOfIt(Stream stream)
    {
        stream.Write([1, 2, 3]);
        throw new IOException(LimitedStream.Reason);
    }

    private void OnlyTargetIsThere() => CollectionAssert.AreEqual(new[] { Target }, Directory.GetFileSystemEntries(_folder));
}
