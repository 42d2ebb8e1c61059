// A co-processor that is a few tables: what hw/README.md says of frames and commands, with jobs that end when a test wants, and a wire that a
// test can spoil. The emulator's model knows time and is compared with the RTL; this one is for what a driver does about odd answers.
using System;
using System.Collections;
using Tern.Fpga;
using Tern.Kernel;
using Tern.Tests;

namespace Tern.Os.Tests;

/// <summary>The device "fpga" of an SPI bus.</summary>
internal sealed class FakeFpga : ISpiBus
{
    internal const int Size = 512 * 1024;

    private const int Longest = 16 + 4096 + 4;

    private readonly TestCrypto _crypto = new TestCrypto();
    private readonly byte[] _in = new byte[Longest];
    private readonly byte[] _out = new byte[Longest];
    private readonly byte[] _answer = new byte[4096];
    private readonly Queue _jobs = new Queue();
    private readonly byte[] _statuses = new byte[256];
    private readonly int[] _values = new int[256];
    private readonly int[] _primary = new int[4];
    private readonly int[] _redundant = new int[4];
    private readonly int[] _regionSize = new int[4];
    private byte _sequence;
    private byte _status = FpgaStatus.NotIntroduced;
    private byte _link;
    private int _length;
    private int _value;
    private int _waitingFor = -1;
    private int _next = 1;
    private bool _isIntroduced;
    private bool _isBufferBusy;
    private byte _finished;
    private byte _causes;
    private byte _enabled;
    private byte _bad;

    internal byte[] Memory { get; } = new byte[Size];

    /// <summary>The board that hears of its interrupt, on line 3.</summary>
    internal TestBoard? Board { get; set; }

    /// <summary>Whether its jobs wait until <see cref="Release"/>.</summary>
    internal bool Holds { get; set; }

    /// <summary>Whether nobody drives MISO.</summary>
    internal bool IsUnplugged { get; set; }

    /// <summary>How many of its interrupts get lost.</summary>
    internal int LostInterrupts { get; set; }

    /// <summary>How many command frames do not arrive whole.</summary>
    internal int CutFrames { get; set; }

    /// <summary>How many replies arrive with a flipped bit.</summary>
    internal int FlippedReplies { get; set; }

    /// <summary>The status with which the next job ends that is not 0.</summary>
    internal byte NextStatus { get; set; }

    /// <summary>How many jobs fail in the moment in which a failure is acknowledged.</summary>
    internal int LateFailures { get; set; }

    /// <summary>Answers with random bytes, if not 0.</summary>
    internal int Nonsense { get; set; }

    /// <summary>Every job that was done, as letters of the commands: W R F C = S L D d.</summary>
    internal string Done { get; private set; } = "";

    /// <summary>How many selections there were.</summary>
    internal int Selections { get; private set; }

    /// <summary>How many jobs wait.</summary>
    internal int Waiting => _jobs.Count;

    public int Find(string name) => name == "fpga" ? 0 : -1;

    public int ClockHz(int device) => 26000000;

    public int LongestTransfer(int device) => Longest;

    public bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length)
    {
        Selections++;
        Array.Copy(output, outAt, _in, 0, length);
        ComposeReply();
        for (int i = 0; i < length; i++)
        {
            Nonsense = Nonsense == 0 ? 0 : (Nonsense * 1103515245) + 12345;
            input[inAt + i] = IsUnplugged ? (byte)0xff : Nonsense != 0 ? (byte)(Nonsense >> 16) : _out[i];
        }

        if (FlippedReplies > 0)
        {
            FlippedReplies--;
            input[inAt + (Selections % 20)] ^= (byte)(1 << (Selections % 8));
        }

        if (!IsUnplugged)
        {
            Take(length);
        }

        return true;
    }

    /// <summary>Ends some of the jobs that wait.</summary>
    internal void Release(int count)
    {
        while (count-- > 0 && _jobs.Count > 0)
        {
            Run((FakeJob)_jobs.Dequeue()!);
        }
    }

    /// <summary>The reset input.</summary>
    internal void Reset()
    {
        _jobs.Clear();
        Array.Clear(_statuses, 0, 256);
        _sequence = 0;
        _status = FpgaStatus.NotIntroduced;
        _length = 0;
        _link = 0;
        _value = 0;
        _waitingFor = -1;
        _next = 1;
        _isIntroduced = false;
        _isBufferBusy = false;
        _finished = 0;
        _causes = 0;
        _enabled = 0;
        Array.Clear(_regionSize, 0, 4);
    }

    private bool IsPending => _waitingFor >= 0;

    private void ComposeReply()
    {
        Array.Clear(_out, 0, Longest);
        int length = IsPending ? 0 : _length;
        _out[0] = FpgaLead.First;
        _out[1] = FpgaLead.Second;
        _out[FpgaReply.Sequence] = _sequence;
        _out[FpgaReply.Status] = IsPending ? FpgaStatus.Pending : _status;
        Put(_out, FpgaReply.Length, length | (_link << 16) | (Flags() << 24));
        Put(_out, FpgaReply.Value, _value);
        Put(_out, FpgaReply.FinishedJob, _finished | ((16 - _jobs.Count) << 8) | (_causes << 16) | (_bad << 24));
        Array.Copy(_answer, 0, _out, FpgaReply.Payload, length);
        Put(_out, FpgaReply.Payload + length, _crypto.Crc32(0, _out, 2, 14 + length));
    }

    private int Flags() => (_jobs.Count > 0 ? FpgaFlag.Running : 0) | (_isBufferBusy ? FpgaFlag.BufferBusy : 0)
        | (_jobs.Count == 16 ? FpgaFlag.QueueFull : 0) | ((_causes & _enabled) != 0 ? FpgaFlag.Interrupt : 0)
        | (_isIntroduced ? FpgaFlag.Introduced : 0);

    private void Take(int length)
    {
        int payload = _in[2] | (_in[3] << 8);
        bool whole = length >= 20 + payload && CutFrames == 0 && _crypto.Crc32(0, _in, 0, 16 + payload) == Get(16 + payload);
        if (!whole)
        {
            CutFrames -= CutFrames > 0 ? 1 : 0;
            _bad++;
            _link = FpgaLink.BadCrc;
            return;
        }

        byte command = _in[0];
        bool repeated = _isIntroduced && _in[1] == _sequence && command != FpgaCommand.Identify;
        bool busy = (payload > 0 && _isBufferBusy) || (IsPending && command != FpgaCommand.Abort);
        bool poll = command == FpgaCommand.Poll;
        _link = poll ? FpgaLink.Taken : repeated ? FpgaLink.Repeated : busy ? FpgaLink.Busy : FpgaLink.Taken;
        if (!poll && !repeated && !busy)
        {
            _sequence = _in[1];
            _length = 0;
            _value = 0;
            _status = _isIntroduced || command == FpgaCommand.Identify ? Execute(command, payload) : FpgaStatus.NotIntroduced;
        }
    }

    private byte Execute(byte command, int payload)
    {
        switch (command)
        {
            case FpgaCommand.Identify:
                _isIntroduced = true;
                _length = 16;
                byte[] identity = new byte[] { 0x54, 0x45, 0x52, 0x4e, FpgaVersion.Major, FpgaVersion.Minor, 16, 4, 12, 15, 19, 0, 0, 0, 0, 0 };
                Array.Copy(identity, 0, _answer, 0, 16);
                return FpgaStatus.Ok;
            case FpgaCommand.Status:
                _value = _values[Get(4) & 255];
                return _statuses[Get(4) & 255];
            case FpgaCommand.Abort:
                _jobs.Clear();
                _waitingFor = -1;
                _isBufferBusy = false;
                _finished = (byte)(_next - 1);
                return FpgaStatus.Ok;
            case FpgaCommand.InterruptEnable:
                _enabled = (byte)Get(4);
                return FpgaStatus.Ok;
            case FpgaCommand.InterruptAcknowledge:
                FailBeforeAcknowledgement(Get(4));
                _causes &= (byte)~Get(4);
                return FpgaStatus.Ok;
            case FpgaCommand.InterceptRegion:
                _primary[Get(4) & 3] = Get(4) & -4096;
                _redundant[Get(4) & 3] = Get(8);
                _regionSize[Get(4) & 3] = Get(12) & -4096;
                return FpgaStatus.Ok;
            default:
                return Queue(command, payload);
        }
    }

    private void FailBeforeAcknowledgement(int causes)
    {
        if ((causes & FpgaInterrupt.JobFailed) != 0 && LateFailures > 0)
        {
            LateFailures--;
            NextStatus = FpgaStatus.ReadError;
            Release(1);
        }
    }

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

    private int Get(int at) => BitConverter.ToInt32(_in, at);

    private static void Put(byte[] target, int at, int value)
    {
        target[at] = (byte)value;
        target[at + 1] = (byte)(value >> 8);
        target[at + 2] = (byte)(value >> 16);
        target[at + 3] = (byte)(value >> 24);
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
