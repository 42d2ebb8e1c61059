// A co-processor that is a few tables: what hw/README.md says of frames and commands, with jobs that end when a test wants, and a wire that a
// test can spoil. The emulator's model knows time and is compared with the RTL; this one is for what a driver does about odd answers.
using System;
using System.Collections;
using Tern.Fpga;
using Tern.Kernel;
using Tern.Tests;

namespace Tern.Os.Tests;

/// <summary>The device "fpga" of an SPI bus.</summary>
internal sealed partial class FakeFpga : ISpiBus
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

    private int Get(int at) => BitConverter.ToInt32(_in, at);

    private static void Put(byte[] target, int at, int value)
    {
        target[at] = (byte)value;
        target[at + 1] = (byte)(value >> 8);
        target[at + 2] = (byte)(value >> 16);
        target[at + 3] = (byte)(value >> 24);
    }
}
