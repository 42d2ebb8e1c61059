// Does a random stream's steps to a pair. What a step leaves behind is compared before the next begins.
using Tern.Fpga;

namespace Tern.HostEmulator.Tests;

internal sealed class FpgaStream(FpgaPair pair)
{
    private const int Size = 1 << 16;
    private const int Half = Size / 2;
    private const int Page = 4096;
    private const int MapWords = 512;

    private Random _random = new(0);
    private byte[] _last = FpgaFrames.Make(FpgaCommand.Identify, 0);

    internal void Do(FpgaStep[] steps)
    {
        Tell(FpgaCommand.Identify);
        for (int index = 0; index < steps.Length; index++)
        {
            _random = new Random(steps[index].Seed);
            pair.Pace = _random.Next(4) == 0 ? _random.Next(FpgaPair.Fastest, 400_000) : FpgaPair.Fastest;
            try
            {
                Do(steps[index].Kind);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"step {index}, {steps[index]}: {failure.Message}", failure);
            }
        }
    }

    private void Do(FpgaStepKind kind)
    {
        int size = Length(), from = _random.Next(Half - size), to = Target(size);
        switch (kind)
        {
            case FpgaStepKind.Write:
                int length = Math.Clamp(size, 1, FpgaLimits.Payload);
                Tell(FpgaCommand.Write, Any(), (uint)Target(length), Any(), FpgaFrames.Bytes(_random.Next(), length));
                break;
            case FpgaStepKind.Read:
                Tell(FpgaCommand.Read, (uint)_random.Next(Size - 4096), Any(), (uint)Math.Clamp(size, 1, FpgaLimits.Payload));
                break;
            case FpgaStepKind.Fill:
                Tell(FpgaCommand.Fill, Any(), (uint)to, (uint)size);
                break;
            case FpgaStepKind.Copy:
                (from, to) = Apart(from, to, size);
                Tell(FpgaCommand.Copy, (uint)from, (uint)to, (uint)size);
                break;
            case FpgaStepKind.CopyInPlace:
                Tell(FpgaCommand.Copy, (uint)from, (uint)Math.Max(0, from - _random.Next(40)), (uint)size);
                break;
            case FpgaStepKind.Compare:
                Tell(FpgaCommand.Compare, (uint)from, (uint)_random.Next(Size - size), (uint)size);
                break;
            case FpgaStepKind.CompareCopied:
                CompareCopied(from, to, size);
                break;
            case FpgaStepKind.Crc:
                Tell(FpgaCommand.Crc, (uint)_random.Next(Size - size), Any(), (uint)size);
                break;
            case FpgaStepKind.CopyList:
                Tell(FpgaCommand.CopyList, Any(), Any(), Any(), List());
                break;
            case FpgaStepKind.DirtyRead or FpgaStepKind.DirtyClear:
                int first = _random.Next(4) == 0 ? _random.Next(MapWords) : 128 * _random.Next(4);
                int words = _random.Next(1, Math.Min(_random.Next(10) == 0 ? MapWords : 8, MapWords - first) + 1);
                Tell(kind == FpgaStepKind.DirtyRead ? FpgaCommand.DirtyRead : FpgaCommand.DirtyClear, (uint)first * 64, Any(), (uint)words * 8);
                break;
            case FpgaStepKind.Region:
                Tell(FpgaCommand.InterceptRegion, (uint)(_random.Next(0, 7) * Page) | (uint)_random.Next(4), (uint)(Half + (_random.Next(0, 4) * Page)),
                    (uint)(_random.Next(0, 5) * Page) | (uint)_random.Next(8, 17));
                break;
            case FpgaStepKind.Status:
                Tell(FpgaCommand.Status, (uint)_random.Next(0, 300));
                break;
            case FpgaStepKind.Interrupts:
                Tell(_random.Next(2) == 0 ? FpgaCommand.InterruptEnable : FpgaCommand.InterruptAcknowledge, Any());
                break;
            case FpgaStepKind.Repeat:
                Answer(_last);
                break;
            case FpgaStepKind.Nonsense:
                Nonsense();
                break;
            case FpgaStepKind.BadFrame or FpgaStepKind.CutFrame or FpgaStepKind.LongFrame:
                Damaged(kind);
                break;
            case FpgaStepKind.BeyondMemory:
                BeyondMemory();
                break;
            case FpgaStepKind.CopyFromBeyondMemory:
                CopyFromBeyondMemory(to, size);
                break;
            case FpgaStepKind.ManyJobs:
                ManyJobs();
                break;
            case FpgaStepKind.Abort:
                Tell(FpgaCommand.Abort);
                break;
            case FpgaStepKind.Identify:
                Tell(FpgaCommand.Identify);
                break;
            default:
                pair.Reset();
                pair.Settle();
                Tell(FpgaCommand.Fill, Any(), (uint)to, (uint)size);
                Tell(FpgaCommand.Identify);
                break;
        }
    }

    /// <summary>A command in order; its reply and, for a job, its result are equal.</summary>
    private void Tell(byte command, uint argument0 = 0, uint argument1 = 0, uint argument2 = 0, byte[]? payload = null)
    {
        FpgaAnswer answer = Answer(pair.Frame(command, argument0, argument1, argument2, payload));
        if (answer.Status == FpgaStatus.Ok && FpgaArguments.Queues(command))
        {
            Answer(pair.Frame(FpgaCommand.Status, answer.Value));
        }
    }

    private FpgaAnswer Answer(byte[] frame)
    {
        _last = frame;
        return pair.Whole(_random.Next(4) == 0 ? [.. frame, .. FpgaFrames.Bytes(frame.Length, _random.Next(40))] : frame);
    }

    private void CompareCopied(int from, int to, int size)
    {
        (from, to) = Apart(from, to, size);
        Tell(FpgaCommand.Copy, (uint)from, (uint)to, (uint)size);
        if (size > 0 && _random.Next(2) == 0)
        {
            Tell(FpgaCommand.Fill, Any(), (uint)(to + _random.Next(size)), 1);
        }

        Tell(FpgaCommand.Compare, (uint)from, (uint)to, (uint)size);
    }

    private byte[] List()
    {
        var entries = new (uint, uint, uint)[_random.Next(20) == 0 ? 256 : _random.Next(1, 12)];
        for (int index = 0; index < entries.Length; index++)
        {
            int size = _random.Next(_random.Next(2) == 0 ? 30 : 200);
            (int from, int to) = Apart(_random.Next(Half - size), Target(size), size);
            entries[index] = ((uint)(_random.Next(100) == 0 ? Size + from : from), (uint)to, (uint)size);
        }

        return FpgaFrames.List(entries);
    }

    /// <summary>A command that does not exist, or one with arguments that are mostly wrong.</summary>
    private void Nonsense()
    {
        byte[] commands =
        [
            FpgaCommand.Read, FpgaCommand.DirtyRead, FpgaCommand.DirtyClear, FpgaCommand.InterceptRegion, FpgaCommand.Write, FpgaCommand.CopyList,
            FpgaCommand.Poll, FpgaCommand.Status, 0x06, 0x19, 0x21, 0xFF,
        ];
        byte command = commands[_random.Next(commands.Length)];
        int payload = command is FpgaCommand.Write ? 0 : command is FpgaCommand.CopyList ? (16 * _random.Next(4)) + 1 : _random.Next(20);
        uint size = command == FpgaCommand.InterceptRegion ? Any() | 0xE00 : Any();
        Tell(command, Any(), Any(), size, new byte[payload]);
    }

    private void Damaged(FpgaStepKind kind)
    {
        byte[] frame = pair.Frame(FpgaCommand.Fill, Any(), (uint)Target(16), 16, _random.Next(2) == 0 ? null : FpgaFrames.Bytes(1, _random.Next(1, 300)));
        byte[] damaged = kind switch
        {
            FpgaStepKind.CutFrame => frame[.._random.Next(frame.Length)],
            FpgaStepKind.LongFrame => FpgaFrames.Make(FpgaCommand.Write, pair.Sequence, 0, 0, 0, new byte[_random.Next(4097, 0x10000)])[.._random.Next(17, 64)],
            _ => [.. frame],
        };
        for (int flips = kind == FpgaStepKind.BadFrame ? _random.Next(1, 4) : 0; flips > 0; flips--)
        {
            damaged[_random.Next(damaged.Length)] ^= (byte)(1 << _random.Next(8));
        }

        pair.Linked(damaged);
        if (_random.Next(2) == 0)
        {
            Answer(frame);
        }
    }

    /// <summary>A job that ends at the memory's end, where what it has done until then does not depend on the bus.</summary>
    private void BeyondMemory()
    {
        int near = Size - _random.Next(600), size = _random.Next(1500);
        uint far = _random.Next(2) == 0 ? (uint)(Size + _random.Next(10_000)) : Any() | 0x80000000;
        Action[] jobs =
        [
            () => Tell(FpgaCommand.Read, (uint)near, 0, (uint)Math.Max(1, size)),
            () => Tell(FpgaCommand.Crc, (uint)near, 0, (uint)size),
            () => Tell(FpgaCommand.Crc, far, 0, (uint)size),
            () => Tell(FpgaCommand.Fill, Any(), (uint)near, (uint)size),
            () => Tell(FpgaCommand.Fill, Any(), far, Any()),
            () => Tell(FpgaCommand.Write, 0, (uint)near, 0, FpgaFrames.Bytes(size, size + 1)),
            () => Tell(FpgaCommand.Copy, far, (uint)Target(size), (uint)size),
            () => Tell(FpgaCommand.Copy, (uint)_random.Next(Half - size), far, (uint)size),
            () => Tell(FpgaCommand.Copy, (uint)_random.Next(Half - size), (uint)near, (uint)size),
            () => Tell(FpgaCommand.Compare, (uint)near, (uint)near, (uint)size),
            () => Tell(FpgaCommand.Compare, far, (uint)near, (uint)Math.Min(size, Size - near)),
        ];
        jobs[_random.Next(jobs.Length)]();
    }

    /// <summary>
    /// A copy whose source ends in its middle. How much arrives is the bus's affair: each byte is the old or the new one, and then both go on
    /// from the same memory and a clear map.
    /// </summary>
    private void CopyFromBeyondMemory(int to, int size)
    {
        size = Math.Max(size, 1);
        to = Math.Min(to, Half - size);
        int from = Size - _random.Next(size);
        byte[] before = pair.Model.Memory.ToArray();
        pair.Send(pair.Frame(FpgaCommand.Copy, (uint)from, (uint)to, (uint)size));
        pair.Finish();
        for (int index = 0; index < size; index++)
        {
            byte now = pair.Rtl.Memory[to + index];
            Assert.IsTrue(now == before[to + index] || (from + index < Size && now == before[from + index]), $"byte {index} of {size} came from nowhere");
        }

        CollectionAssert.AreEqual(before[..to], pair.Rtl.Memory[..to].ToArray());
        CollectionAssert.AreEqual(before[(to + size)..Half], pair.Rtl.Memory[(to + size)..Half].ToArray());
        pair.Rtl.Memory.CopyTo(pair.Model.Memory);
        pair.Send(pair.Frame(FpgaCommand.DirtyClear, 0, 0, 4096));
        Tell(FpgaCommand.Status, Any());
    }

    /// <summary>More jobs than may wait, behind one that is longer than it takes to give them.</summary>
    private void ManyJobs()
    {
        pair.Pace = FpgaPair.Fastest;
        pair.Send(pair.Frame(FpgaCommand.Fill, Any(), 0, 0x7000));
        for (int count = _random.Next(3, 19); count > 0; count--)
        {
            int size = Length(), to = Target(size);
            byte command = _random.Next(2) == 0 ? FpgaCommand.Fill : FpgaCommand.Crc;
            pair.Send(pair.Frame(command, (uint)_random.Next(Half - size), (uint)to, (uint)size));
        }

        pair.Settle();
        pair.Fetch();
    }

    /// <summary>Mostly short, sometimes long.</summary>
    private int Length() => _random.Next(_random.Next(10) switch { < 5 => 64, < 9 => 1500, _ => 6000 });

    /// <summary>Somewhere in the lower half, so that so many bytes fit.</summary>
    private int Target(int length) => _random.Next(Half - length);

    /// <summary>A destination that does not begin inside its source.</summary>
    private static (int From, int To) Apart(int from, int to, int size) => to > from && to < from + size ? (to, from) : (from, to);

    private uint Any() => (uint)_random.NextInt64(1L << 32);
}
