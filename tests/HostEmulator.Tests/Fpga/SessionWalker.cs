// A client of the co-processor's driver that does whatever a seed says, one step after another, and knows what must come of it: of memory, redundant
// copies, dirty bits, checksums and of a managed dataspace.
using System.Buffers.Binary;
using Tern.Kernel;
using Tern.Os;

namespace Tern.HostEmulator.Tests;

/// <summary>
/// Uses 64 KB: two primary parts of 8 KB, the second of them shown by a managed dataspace, their redundant parts behind them, and 32 KB for anything. Reports
/// <c>walked steps=</c> at the end, or <c>wrong step= what=</c>.
/// </summary>
internal sealed class SessionWalker(int seed, int steps) : PinnedProgram
{
    internal const int Size = 64 * 1024;

    private const int Part = 8 * 1024;
    private const int BankAt = Part;
    private const int RedundantAt = 2 * Part;
    private const int FreeAt = 4 * Part;
    private const int BufferSize = 16 * 1024;
    private const int ListAt = BufferSize - 1024;

    private const int Opened = 1;
    private const int SetUp = 2;
    private const int Submitted = 3;
    private const int Collected = 4;

    private readonly Random _random = new(seed);
    private readonly int[] _granularity = [8, 9];
    private readonly bool[][] _dirty = [new bool[Part >> 8], new bool[Part >> 8]];
    private readonly bool[] _bankPages = new bool[2];
    private readonly List<Func<CopyEngineSession, Message>> _setUp = [];
    private int _session;
    private int _report;
    private int _buffer;
    private int _bank;
    private int _bankCapability;
    private int _step;
    private Func<Env, int, bool> _check = (_, _) => true;
    private string _what = "";

    /// <summary>What the session's memory must hold.</summary>
    internal byte[] Shadow { get; } = new byte[Size];

    public override void Construct(Env env)
    {
        _report = env.Connect("Report");
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(BufferSize, out Error _);
        _buffer = env.Attach(dataspace);
        int signal = env.Signal(1);
        _setUp.Add(session => session.Buffer(dataspace));
        _setUp.Add(session => session.Sigh(signal));
        _setUp.Add(session => Intercept(session, 0, 8));
        _setUp.Add(session => Intercept(session, 1, 9));
        _setUp.Add(session => session.Bank(BankAt, Part));
        env.OpenWith(CopyEngineSession.Service, "", 0, 0, Size, Opened);
    }

    public override void OnSignal(Env env, int label, int count) => env.Send(_session, Session(env).Collect(), Collected);

    public override void OnReply(Env env, int label, Error error, Message answer)
    {
        if (label == Opened)
        {
            _session = answer.Capability(0);
        }
        else if (label == SetUp)
        {
            _setUp.RemoveAt(0);
            _bankCapability = answer.CapabilityCount > 0 ? answer.Capability(0) : _bankCapability;
        }

        if (error != Error.None)
        {
            Wrong(env, "refused: " + Errors.Name(error));
        }
        else if (label is Opened or SetUp)
        {
            Prepare(env);
        }
        else if (label == Collected && CopyEngineSession.Job(answer) != 0)
        {
            bool isWell = CopyEngineSession.JobError(answer) == Error.None && _check(env, CopyEngineSession.JobValue(answer));
            if (isWell)
            {
                Next(env);
            }
            else
            {
                Wrong(env, _what + ": " + Errors.Name(CopyEngineSession.JobError(answer)));
            }
        }
    }

    private static Message Intercept(CopyEngineSession session, int region, int granularity) =>
        session.Intercept(region, region * Part, RedundantAt + (region * Part), Part, granularity);

    private CopyEngineSession Session(Env env) => new(env, _session);

    private void Prepare(Env env)
    {
        if (_setUp.Count > 0)
        {
            env.Send(_session, _setUp[0](Session(env)), SetUp);
            return;
        }

        _bank = _bank == 0 ? env.Attach(_bankCapability) : _bank;
        Next(env);
    }

    private void Next(Env env)
    {
        if (_step++ == steps)
        {
            new ReportSession(env, _report).Submit($"walked steps={steps}");
            return;
        }

        // What is done through the managed dataspace needs no job.
        for (int i = _random.Next(4); i > 0; i--)
        {
            Touch(env);
        }

        _check = (_, _) => true;
        Message message = Submit(env, _random.Next(10));
        env.Send(_session, message, Submitted);
    }

    private Message Submit(Env env, int choice)
    {
        CopyEngineSession session = Session(env);
        _what = "choice " + choice;
        int length = _random.Next(1, 3000);
        int source = Anywhere(length);
        int destination = Elsewhere(source, length);
        switch (choice)
        {
            case 0:
                return Write(env, session, destination, length);
            case 1:
                int pattern = _random.Next();
                Store(destination, [.. Enumerable.Range(0, length).Select(i => (byte)(pattern >> (8 * (i & 3))))]);
                return session.Fill(pattern, destination, length);
            case 2:
                Store(destination, Load(source, length));
                return session.Copy(source, destination, length);
            case 3:
                return List(env, session);
            case 4:
                source = _random.Next(2) == 0 ? RedundantAt + _random.Next((2 * Part) - length) : source;
                byte[] expected = Load(source, length);
                _check = (own, _) => Buffer(own, 0, length).AsSpan().SequenceEqual(expected);
                return session.Read(source, 0, length);
            case 5:
                int crc = (int)Crc32.Continue(0, Load(source, length));
                _check = (_, value) => value == crc;
                return session.Crc(source, length);
            case 6:
                int difference = Load(source, length).AsSpan().CommonPrefixLength(Load(destination, length));
                _check = (_, value) => value == (difference == length ? -1 : destination + difference);
                return session.Compare(source, destination, length);
            case 7:
                return DirtyRead(session, _random.Next(2), _random.Next(2) == 0);
            case 8:
                int region = _random.Next(2);
                WriteBack(region * Part, Part);
                Array.Clear(_dirty[region]);
                return session.DirtyClear(region, 0, 8);
            default:
                Store(destination, Load(source, length));
                return session.Copy(source, destination, length);
        }
    }

    private Message Write(Env env, CopyEngineSession session, int destination, int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        env.Memory.Write(_buffer, bytes, 0, length);
        Store(destination, bytes);
        return session.Write(destination, 0, length);
    }

    private Message List(Env env, CopyEngineSession session)
    {
        int entries = _random.Next(1, 9);
        for (int i = 0; i < entries; i++)
        {
            int length = _random.Next(1, 700);
            int source = Anywhere(length);
            int destination = Elsewhere(source, length);
            var entry = new byte[CopyEngineList.EntrySize];
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(CopyEngineList.Source), source);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(CopyEngineList.Destination), destination);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(CopyEngineList.Length), length);
            env.Memory.Write(_buffer + ListAt + (i * CopyEngineList.EntrySize), entry, 0, entry.Length);
            Store(destination, Load(source, length));
        }

        return session.CopyList(ListAt, entries);
    }

    private Message DirtyRead(CopyEngineSession session, int region, bool clear)
    {
        WriteBack(region * Part, Part);
        var expected = new byte[8];
        for (int i = 0; i < Part >> _granularity[region]; i++)
        {
            expected[i >> 3] |= (byte)(_dirty[region][i] ? 1 << (i & 7) : 0);
        }

        _check = (own, _) => Buffer(own, 256, 8).AsSpan().SequenceEqual(expected);
        if (clear)
        {
            Array.Clear(_dirty[region]);
        }

        return session.DirtyRead(region, 0, clear, 8, 256);
    }

    /// <summary>Writes or reads through the managed dataspace.</summary>
    private void Touch(Env env)
    {
        int at = _random.Next(Part / 4) * 4;
        if (_random.Next(3) == 0)
        {
            int expected = BinaryPrimitives.ReadInt32LittleEndian(Shadow.AsSpan(BankAt + at));
            if (env.Memory.ReadInt32(_bank + at) != expected)
            {
                Wrong(env, "the managed dataspace shows something else");
            }

            return;
        }

        int value = _random.Next();
        env.Memory.WriteInt32(_bank + at, value);
        BinaryPrimitives.WriteInt32LittleEndian(Shadow.AsSpan(BankAt + at), value);
        _bankPages[at / 4096] = true;
    }

    /// <summary>What the pager writes back when a job needs it: whole pages, which are mirrored and marked like anything else.</summary>
    private void WriteBack(int at, int length)
    {
        for (int page = 0; page < 2; page++)
        {
            int start = BankAt + (page * 4096);
            if (_bankPages[page] && at < start + 4096 && start < at + length)
            {
                _bankPages[page] = false;
                Store(start, Shadow[start..(start + 4096)]);
            }
        }
    }

    private byte[] Load(int at, int length)
    {
        WriteBack(at, length);
        if (at < FreeAt && at + length > RedundantAt + Part)
        {
            WriteBack(BankAt, Part);        // its redundant part is as new as the managed dataspace, for whoever reads it
        }

        return Shadow[at..(at + length)];
    }

    private void Store(int at, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            Shadow[at + i] = bytes[i];
            int region = (at + i) / Part;
            if (region < 2)
            {
                Shadow[RedundantAt + at + i] = bytes[i];
                _dirty[region][(at + i - (region * Part)) >> _granularity[region]] = true;
            }
        }
    }

    /// <summary>A place to read from: not in a redundant part, which may change under a job that writes the primary one.</summary>
    private int Anywhere(int length)
    {
        int at = _random.Next(2) == 0 ? _random.Next(RedundantAt - length) : FreeAt + _random.Next(Size - FreeAt - length);
        return at;
    }

    /// <summary>A place to write to: in the first primary part or the free one, apart from the source.</summary>
    private int Elsewhere(int source, int length)
    {
        while (true)
        {
            int at = _random.Next(2) == 0 ? _random.Next(Part - length) : FreeAt + _random.Next(Size - FreeAt - length);
            if (at + length <= source || source + length <= at)
            {
                return at;
            }
        }
    }

    private byte[] Buffer(Env env, int at, int length)
    {
        var bytes = new byte[length];
        env.Memory.Read(_buffer + at, bytes, 0, length);
        return bytes;
    }

    private void Wrong(Env env, string what)
    {
        new ReportSession(env, _report).Submit($"wrong step={_step} what={what.Replace(' ', '_')}");
        _step = int.MinValue;
    }
}
