// Single measurements on a core: each sends what the driver sends, in the driver's order, and checks afterwards that the bytes are where they belong.
using Tern.Fpga;

namespace Tern.HostEmulator;

/// <summary>A core on a bus of one rate.</summary>
internal sealed class FpgaProbe
{
    /// <summary>Bytes of memory that the measured core needs.</summary>
    internal const int Memory = 4 << 20;

    /// <summary>The largest copy.</summary>
    internal const int MostBytes = 1 << 20;

    private const uint Source = 0;
    private const uint Destination = Memory / 2;
    private const uint Redundant = Destination + MostBytes;
    private const uint PageSize = FpgaLimits.Page;
    private const uint GranularityLog2 = 8;

    private readonly IFpgaCore _core;
    private readonly int _clockHz;
    private readonly FpgaLine _line;
    private readonly FpgaMaster _master;
    private bool _isMirrored;

    /// <summary>Begins with a core that has nothing to do.</summary>
    internal FpgaProbe(IFpgaCore core, int clockHz)
    {
        _core = core;
        _clockHz = clockHz;
        _line = new FpgaLine(core, clockHz);
        _master = new FpgaMaster(_line);
        _master.Meet();
    }

    /// <summary>Clocks of a copy from its frame's end to the interrupt.</summary>
    internal long CopyClocks(int bytes)
    {
        Prepare(bytes);
        long clocks = _master.ClocksOf(FpgaCommand.Copy, Source, Destination, (uint)bytes);
        Compare(bytes);
        return clocks;
    }

    /// <summary>Clocks of a write of up to one frame from its frame's end to the interrupt.</summary>
    internal long WriteClocks(int bytes)
    {
        Prepare(bytes);
        long clocks = _master.ClocksOf(FpgaCommand.Write, 0, Destination, 0, _core.Memory[..bytes].ToArray());
        Compare(bytes);
        return clocks;
    }

    /// <summary>A copy of what the co-processor has already.</summary>
    internal OffloadedCopy Copy(int bytes)
    {
        Prepare(bytes);
        OffloadedCopy copy = Measure(bytes, () => _master.Give(FpgaCommand.Copy, Source, Destination, (uint)bytes));
        Compare(bytes);
        return copy;
    }

    /// <summary>A copy of what the board has, frame by frame.</summary>
    internal OffloadedCopy Write(int bytes)
    {
        Prepare(bytes);
        byte[] data = _core.Memory[..bytes].ToArray();
        OffloadedCopy write = Measure(bytes, () =>
        {
            byte job = 0;
            for (int at = 0; at < bytes; at += FpgaLimits.Payload)
            {
                while (at > 0 && !_master.HasEnded(job))
                {
                    _master.Acknowledge();          // the payload's buffer is the last job's until that has ended
                }

                int length = Math.Min(bytes - at, FpgaLimits.Payload);
                job = _master.Give(FpgaCommand.Write, 0, Destination + (uint)at, 0, data.AsSpan(at, length));
            }

            return job;
        });
        Compare(bytes);
        return write;
    }

    /// <summary>From now on what is written to the destination of writes is also written elsewhere, and marked; <see cref="Write"/> checks it.</summary>
    /// <param name="bytes">How much of it, up to a megabyte.</param>
    internal void Intercept(int bytes)
    {
        _isMirrored = true;
        uint size = ((uint)bytes + PageSize - 1) & ~(PageSize - 1);
        _master.Execute(FpgaCommand.InterceptRegion, Destination, Redundant, size | GranularityLog2);
    }

    /// <summary>Ends <see cref="Intercept"/>.</summary>
    internal void InterceptNothing()
    {
        _isMirrored = false;
        _master.Execute(FpgaCommand.InterceptRegion, Destination, Redundant, GranularityLog2);
    }

    private OffloadedCopy Measure(int bytes, Func<byte> give)
    {
        long from = _line.Now;
        long busyBefore = _line.Busy;
        int selectionsBefore = _line.Selections;
        byte job = give();
        bool isKnownAtOnce = _master.HasEnded(job);
        long known = _line.Now;
        long busy = _line.Busy;

        // The interrupt has to be acknowledged also when all is known by then.
        bool isQuiet = false;
        while (!isQuiet || !_master.HasEnded(job))
        {
            bool wasKnown = _master.HasEnded(job);
            isQuiet = _master.Acknowledge();
            known = wasKnown ? known : _line.Now;
            busy = wasKnown ? busy : _line.Busy;
        }

        long time = known - from;
        return new OffloadedCopy(
            bytes, _clockHz, time, time - (busy - busyBefore), _line.Busy - busyBefore, _line.Selections - selectionsBefore, isKnownAtOnce);
    }

    private void Prepare(int bytes)
    {
        Span<byte> source = _core.Memory.Slice((int)Source, bytes);
        for (int i = 0; i < bytes; i++)
        {
            source[i] = (byte)((i * 7) + (i >> 8) + bytes);
        }

        _core.Memory.Slice((int)Destination, bytes).Clear();
        _core.Memory.Slice((int)Redundant, bytes).Clear();
    }

    private void Compare(int bytes)
    {
        Span<byte> source = _core.Memory.Slice((int)Source, bytes);
        bool isCopied = source.SequenceEqual(_core.Memory.Slice((int)Destination, bytes));
        bool isMirrored = source.SequenceEqual(_core.Memory.Slice((int)Redundant, bytes));
        if (!isCopied || isMirrored != _isMirrored)
        {
            throw new MeasurementException($"the co-processor says that it copied {Quantity.Bytes(bytes)}, and they are not where they belong");
        }
    }
}
