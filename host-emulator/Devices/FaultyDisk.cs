// A disk that fails on request, so that a test can let every operation fail, one after another.
// Invariants: operations are numbered from 0 in the order of their calls; a failed write leaves the blocks as far
// written as the fault says; after the power went, nothing works until it returns.
using Tern.Kernel;

namespace Tern.HostEmulator;

/// <summary>Faults injected in front of another disk.</summary>
public sealed class FaultyDisk(IBlockDevice disk) : IBlockDevice, IPowerCut
{
    private bool _dead;

    /// <inheritdoc/>
    public int BlockSize => disk.BlockSize;

    /// <inheritdoc/>
    public int BlockCount => disk.BlockCount;

    /// <summary>How many operations (reads, writes, flushes) were asked for so far.</summary>
    public long OperationCount { get; private set; }

    /// <summary>The number of the operation that fails; −1 for none.</summary>
    public long FailAt { get; set; } = -1;

    /// <summary>How many blocks of a write that fails reach the disk all the same: a torn write.</summary>
    public int BlocksBeforeFailure { get; set; }

    /// <summary>Whether all operations after the failing one fail too, as when the power went.</summary>
    public bool StaysDead { get; set; }

    /// <summary>The power returned: the disk works again, and no fault is armed.</summary>
    public void Revive()
    {
        _dead = false;
        FailAt = -1;
    }

    /// <inheritdoc/>
    public bool Read(int block, byte[] buffer, int offset, int count) => Works() && disk.Read(block, buffer, offset, count);

    /// <inheritdoc/>
    public bool Write(int block, byte[] buffer, int offset, int count)
    {
        bool wasDead = _dead;
        if (Works())
        {
            return disk.Write(block, buffer, offset, count);
        }

        int written = Math.Min(count, BlocksBeforeFailure);
        if (!wasDead && written > 0)
        {
            disk.Write(block, buffer, offset, written);
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Flush() => Works() && disk.Flush();

    /// <inheritdoc/>
    public void CutPower(SeededRandom random) => (disk as IPowerCut)?.CutPower(random);

    private bool Works()
    {
        bool fails = _dead || OperationCount == FailAt;
        OperationCount++;
        _dead |= fails && StaysDead;
        return !fails;
    }
}
