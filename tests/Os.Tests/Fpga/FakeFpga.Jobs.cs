// The co-processor that is a few tables: its jobs, which end when a test wants.
using System;
using Tern.Fpga;

namespace Tern.Os.Tests;

internal sealed partial class FakeFpga
{
    private byte Queue(byte command, int payload)
    {
        if (_jobs.Count == 16)
        {
            return FpgaStatus.QueueFull;
        }

        var job = new FakeJob { Number = _next, Command = command, First = Get(4), Second = Get(8), Third = Get(12), Payload = new byte[payload] };
        Array.Copy(_in, 16, job.Payload, 0, payload);
        _next = (_next + 1) & 255;
        _value = job.Number;
        _isBufferBusy |= payload > 0;
        if (command is FpgaCommand.Read or FpgaCommand.DirtyRead)
        {
            _waitingFor = job.Number;
            _length = job.Third;
        }

        _statuses[job.Number] = FpgaStatus.Queued;
        _jobs.Enqueue(job);
        _status = FpgaStatus.Ok;
        if (!Holds)
        {
            Release(16);
        }

        return _status;
    }

    private void Run(FakeJob job)
    {
        byte status = NextStatus != 0 ? NextStatus : Do(job);
        Done += Letter(job.Command);
        NextStatus = 0;
        _statuses[job.Number] = status;
        _finished = (byte)job.Number;
        _isBufferBusy &= job.Payload.Length == 0;
        if (_waitingFor == job.Number)
        {
            _waitingFor = -1;
            _status = status;
            _length = status == FpgaStatus.Ok ? _length : 0;
        }

        bool wasHigh = (_causes & _enabled) != 0;
        _causes |= status == FpgaStatus.Ok ? FpgaInterrupt.JobDone : FpgaInterrupt.JobFailed;
        _causes |= _jobs.Count == 0 ? FpgaInterrupt.Idle : (byte)0;
        if (!wasHigh && (_causes & _enabled) != 0)
        {
            LostInterrupts--;
            if (LostInterrupts < 0)
            {
                LostInterrupts = 0;
                Board!.Raise(3);
            }
        }
    }

    private byte Do(FakeJob job)
    {
        _values[job.Number] = 0;
        switch (job.Command)
        {
            case FpgaCommand.Write:
                return Store(job.Second, job.Payload, 0, job.Payload.Length);
            case FpgaCommand.Read:
                bool fits = job.First >= 0 && job.First <= Size - job.Third;
                Array.Copy(Memory, fits ? job.First : 0, _answer, 0, job.Third);
                return fits ? FpgaStatus.Ok : FpgaStatus.ReadError;
            case FpgaCommand.Fill:
                var pattern = new byte[job.Third];
                for (int i = 0; i < pattern.Length; i++)
                {
                    pattern[i] = (byte)(job.First >> (8 * (i & 3)));
                }

                return Store(job.Second, pattern, 0, pattern.Length);
            case FpgaCommand.Copy:
                return Copy(job.First, job.Second, job.Third);
            case FpgaCommand.CopyList:
                byte status = FpgaStatus.Ok;
                for (int at = 0; at < job.Payload.Length && status == FpgaStatus.Ok; at += 16)
                {
                    status = Copy(BitConverter.ToInt32(job.Payload, at), BitConverter.ToInt32(job.Payload, at + 4), BitConverter.ToInt32(job.Payload, at + 8));
                }

                return status;
            case FpgaCommand.Compare:
                int same = 0;
                while (same < job.Third && Memory[job.First + same] == Memory[job.Second + same])
                {
                    same++;
                }

                _values[job.Number] = same < job.Third ? job.Second + same : 0;
                return same < job.Third ? FpgaStatus.Mismatch : FpgaStatus.Ok;
            case FpgaCommand.Crc:
                _values[job.Number] = _crypto.Crc32(0, Memory, job.First, job.Third);
                return FpgaStatus.Ok;
            default:
                Array.Clear(_answer, 0, 4096);
                return FpgaStatus.Ok;
        }
    }

    private byte Copy(int from, int to, int length) => from < 0 || from > Size - length ? FpgaStatus.ReadError : Store(to, Memory, from, length);

    private byte Store(int at, byte[] source, int from, int length)
    {
        if (at < 0 || at > Size - length)
        {
            return FpgaStatus.WriteError;
        }

        Array.Copy(source, from, Memory, at, length);
        for (int i = 0; i < 4; i++)
        {
            int begin = at > _primary[i] ? at : _primary[i];
            int end = at + length < _primary[i] + _regionSize[i] ? at + length : _primary[i] + _regionSize[i];
            if (begin < end)
            {
                Array.Copy(Memory, begin, Memory, _redundant[i] + begin - _primary[i], end - begin);
            }
        }

        return FpgaStatus.Ok;
    }

    private static string Letter(byte command) => command switch
    {
        FpgaCommand.Write => "W",
        FpgaCommand.Read => "R",
        FpgaCommand.Fill => "F",
        FpgaCommand.Copy => "C",
        FpgaCommand.Compare => "=",
        FpgaCommand.Crc => "S",
        FpgaCommand.CopyList => "L",
        FpgaCommand.DirtyRead => "D",
        _ => "d",
    };

    private sealed class FakeJob
    {
        internal int Number;
        internal byte Command;
        internal int First;
        internal int Second;
        internal int Third;
        internal byte[] Payload = [];
    }
}
