// What two banks should be: an array. Random accesses of a client, and jobs of the co-processor beside them, go to both.
using System;
using Tern.Kernel;

namespace Tern.Os.Tests;

/// <summary>A bench with banks and plain memory, and arrays that hold what should be there.</summary>
internal sealed class PagingModel
{
    private const int Page = 256;
    private const int Banks = 2;
    private const int RamPages = 6;

    private readonly Random _random;
    private readonly PagingBench _bench;
    private readonly byte[] _store;
    private readonly byte[] _ram = new byte[RamPages * Page];
    private readonly int[] _start = new int[Banks];
    private readonly int[] _size = new int[Banks];
    private readonly int[] _selector = new int[Banks];
    private readonly int[] _direct = new int[Banks];
    private readonly int[] _nested = new int[Banks];
    private int _ramSelector;
    private int _ramAt;

    internal PagingModel(int seed)
    {
        _random = new Random(seed);
        _bench = new PagingBench(_random.Next(4, 9), Banks, Page);
        _bench.Store.IsQuiet = true;
        _bench.Store.Watcher = _random.Next(2) == 0 ? _bench.Pager : null;
        _start[0] = _random.Next(3) * Page;
        _size[0] = _random.Next(1, 14) * Page;
        _start[1] = _start[0] + _size[0] + (_random.Next(2) * Page);
        _size[1] = _random.Next(1, 14) * Page;
        _store = _bench.Store.Content.AsSpan(0, End).ToArray();
        _bench.Do(_bench.A, env =>
        {
            _ramSelector = new PdSession(env, Selectors.Pd).AllocateDataspace(_ram.Length, out Error _);
            _ramAt = env.Attach(_ramSelector);
        });
        MakeBanks();
    }

    internal bool HasFailed => _bench.Store.HasFailed;

    private int End => _start[1] + _size[1];

    /// <summary>Accesses of the client, some in one handler, and what the driver does between them.</summary>
    internal void Step()
    {
        int accesses = _random.Next(1, 25);
        _bench.Do(_bench.A, env =>
        {
            for (int i = 0; i < accesses; i++)
            {
                Access(env);
            }
        });
        int at = _start[0] + _random.Next(End - _start[0]);
        int length = _random.Next(1, End - at + 1);
        int choice = _random.Next(4);
        int to = _start[0] + _random.Next(End - length - _start[0] + 1);
        _bench.Do(_bench.Driver, env =>
        {
            switch (choice)
            {
                case 0:
                    JobReads(at, length);
                    break;
                case 1:
                    JobWrites(at, length);
                    break;
                case 2:
                    JobCopies(at, to, length);
                    break;
                default:
                    break;
            }
        });
    }

    /// <summary>Lets one of the next operations of the store fail, and goes on until it has.</summary>
    internal void StepUntilFailure()
    {
        _bench.Store.FailIn(_random.Next(1, 40));
        for (int step = 0; step < 60 && !HasFailed; step++)
        {
            int accesses = _random.Next(1, 10);
            _bench.Do(_bench.A, env =>
            {
                for (int i = 0; i < accesses; i++)
                {
                    Access(env);
                }
            });
            bool writesBack = _random.Next(3) == 0;
            int at = _random.Next(End);
            int length = _random.Next(1, End - at + 1);
            _bench.Do(_bench.Driver, env =>
            {
                Error error = writesBack ? _bench.Pager.WriteBack(at, length) : _bench.Pager.Drop(at - (at % Page) + 1, 1);
                Assert.AreEqual(HasFailed && error != Error.None, error != Error.None);
            });
        }
    }

    /// <summary>Every byte of a bank is right, or no byte of it can be had.</summary>
    internal void AssertEachBankIsRightOrGone()
    {
        _bench.Do(_bench.A, env =>
        {
            for (int bank = 0; bank < Banks; bank++)
            {
                bool isGone = Faults(() => env.Memory.ReadByte(_direct[bank]));
                for (int at = 0; at < _size[bank]; at++)
                {
                    byte value = 0;
                    bool faults = Faults(() => value = env.Memory.ReadByte(At(bank) + at));
                    Assert.AreEqual(isGone, faults, $"bank {bank} at {at}");
                    Assert.IsTrue(faults || value == _store[_start[bank] + at], $"bank {bank} at {at} is {value}");
                }
            }
        });
    }

    /// <summary>Ends both banks; the store has all that was written to those that are whole.</summary>
    internal void EndBanks()
    {
        for (int bank = 0; bank < Banks; bank++)
        {
            bool isGone = false;
            _bench.Do(_bench.A, env => isGone = Faults(() => env.Memory.ReadByte(_direct[bank])));
            _bench.Do(_bench.A, env => _bench.A.GiveBack(env, _selector[bank]));
            Assert.AreEqual(Error.None, _bench.A.Outcome);
            if (!isGone)
            {
                AssertStored(_start[bank], _size[bank]);
            }
        }

        _bench.Store.Content.AsSpan(0, End).CopyTo(_store);
    }

    internal void MakeBanks()
    {
        for (int bank = 0; bank < Banks; bank++)
        {
            int selector = _bench.Bank(_bench.A, _start[bank], _size[bank]);
            _selector[bank] = selector;
            _bench.Do(_bench.A, env =>
            {
                // Once more by way of another managed dataspace.
                int map = new RmSession(env, env.Connect("RM")).Create(_size[bank], out Error _);
                env.AttachAt(map, selector, 0, 0, 0, Rights.ReadWrite);
                _direct[bank] = env.Attach(selector);
                _nested[bank] = env.Attach(map);
            });
        }
    }

    private static bool Faults(Action access)
    {
        try
        {
            access();
            return false;
        }
        catch (Exception fault) when (fault.GetType().Name == "ProgramFault")
        {
            return true;
        }
    }

    private int At(int bank) => _random.Next(3) == 0 ? _nested[bank] : _direct[bank];

    private void Access(Env env)
    {
        int bank = _random.Next(Banks);
        int at = _random.Next(_size[bank]);
        switch (_random.Next(8))
        {
            case 0:
            case 1:
                ReadNumber(env, bank, at);
                break;
            case 2:
            case 3:
                WriteNumber(env, bank, at);
                break;
            case 4:
                ReadMany(env, bank, at, _random.Next(1, _size[bank] - at + 1));
                break;
            case 5:
                WriteMany(env, bank, at, _random.Next(1, _size[bank] - at + 1));
                break;
            case 6:
                CopyWithin(env);
                break;
            default:
                CopyDataspace(env);
                break;
        }
    }

    private int Width(int bank, int at)
    {
        int width = 1 << _random.Next(4);
        return width <= _size[bank] - at ? width : 1;
    }

    private void ReadNumber(Env env, int bank, int at)
    {
        int width = Width(bank, at);
        byte[] read = [];
        int address = At(bank) + at;
        bool faults = Faults(() => read = width switch
        {
            1 => [env.Memory.ReadByte(address)],
            2 => BitConverter.GetBytes((ushort)env.Memory.ReadUInt16(address)),
            4 => BitConverter.GetBytes(env.Memory.ReadInt32(address)),
            _ => BitConverter.GetBytes(env.Memory.ReadInt64(address)),
        });
        AssertFaultHasReason(faults);
        Assert.IsTrue(faults || read.AsSpan().SequenceEqual(_store.AsSpan(_start[bank] + at, width)), $"{width} bytes of bank {bank} at {at}");
    }

    private void WriteNumber(Env env, int bank, int at)
    {
        int width = Width(bank, at);
        var value = new byte[8];
        _random.NextBytes(value);
        int address = At(bank) + at;
        bool faults = Faults(() =>
        {
            switch (width)
            {
                case 1:
                    env.Memory.WriteByte(address, value[0]);
                    break;
                case 2:
                    env.Memory.WriteUInt16(address, BitConverter.ToUInt16(value));
                    break;
                case 4:
                    env.Memory.WriteInt32(address, BitConverter.ToInt32(value));
                    break;
                default:
                    env.Memory.WriteInt64(address, BitConverter.ToInt64(value));
                    break;
            }
        });
        AssertFaultHasReason(faults);
        if (!faults)
        {
            value.AsSpan(0, width).CopyTo(_store.AsSpan(_start[bank] + at));
        }
    }

    private void ReadMany(Env env, int bank, int at, int length)
    {
        var read = new byte[length];
        int address = At(bank) + at;
        bool faults = Faults(() => env.Memory.Read(address, read, 0, length));
        AssertFaultHasReason(faults);
        Assert.IsTrue(faults || read.AsSpan().SequenceEqual(_store.AsSpan(_start[bank] + at, length)), $"{length} bytes of bank {bank} at {at}");
    }

    private void WriteMany(Env env, int bank, int at, int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        int address = At(bank) + at;
        bool faults = Faults(() => env.Memory.Write(address, bytes, 0, length));
        Wrote(env, faults, bank, at, bytes);
    }

    /// <summary>A copy by the client's own address space: bank to bank, or from memory and to it.</summary>
    private void CopyWithin(Env env)
    {
        Choose(out int from, out int fromAt, out int to, out int toAt, out int length);
        int source = from < Banks ? At(from) : _ramAt;
        int target = to < Banks ? At(to) : _ramAt;
        byte[] bytes = Expected(from, fromAt, length);
        bool faults = Faults(() => env.Memory.Copy(source + fromAt, target + toAt, length));
        Wrote(env, faults, to, toAt, bytes);
    }

    private void CopyDataspace(Env env)
    {
        Choose(out int from, out int fromAt, out int to, out int toAt, out int length);
        byte[] bytes = Expected(from, fromAt, length);
        Error error = env.CopyDataspace(
            from < Banks ? _selector[from] : _ramSelector, fromAt, to < Banks ? _selector[to] : _ramSelector, toAt, length);
        Assert.IsTrue(error is Error.None or Error.BadRegion or Error.NotPermitted, "error " + error);
        Wrote(env, error != Error.None, to, toAt, bytes);
    }

    /// <summary>Two sides of a copy that do not overlap; <see cref="Banks"/> stands for plain memory.</summary>
    private void Choose(out int from, out int fromAt, out int to, out int toAt, out int length)
    {
        from = _random.Next(Banks + 1);
        to = _random.Next(Banks + 1);
        fromAt = _random.Next(SizeOf(from));
        toAt = _random.Next(SizeOf(to));
        length = Math.Min(SizeOf(from) - fromAt, SizeOf(to) - toAt);
        length = from == to ? Math.Min(length, Math.Abs(fromAt - toAt)) : length;
        length = _random.Next(length + 1);
    }

    private int SizeOf(int side) => side < Banks ? _size[side] : _ram.Length;

    private byte[] Expected(int side, int at, int length)
        => (side < Banks ? _store.AsSpan(_start[side] + at, length) : _ram.AsSpan(at, length)).ToArray();

    /// <summary>Notes a write of many bytes. Where it was cut off, each byte is the old one or the new one, or none.</summary>
    private void Wrote(Env env, bool faults, int side, int at, byte[] bytes)
    {
        AssertFaultHasReason(faults);
        for (int i = 0; i < bytes.Length; i++)
        {
            ref byte model = ref side < Banks ? ref _store[_start[side] + at + i] : ref _ram[at + i];
            byte now = bytes[i];
            if (faults)
            {
                int address = (side < Banks ? _direct[side] : _ramAt) + at + i;
                byte found = model;
                Faults(() => found = env.Memory.ReadByte(address));
                Assert.IsTrue(found == model || found == now, "neither the old byte nor the new one");
                now = found;
            }

            model = now;
        }

        if (side == Banks)
        {
            var all = new byte[_ram.Length];
            env.Memory.Read(_ramAt, all, 0, all.Length);
            Assert.IsTrue(all.AsSpan().SequenceEqual(_ram), "plain memory");
        }
    }

    private void AssertFaultHasReason(bool faults) => Assert.IsTrue(!faults || HasFailed, "a fault, and the store has not failed");

    private void JobReads(int at, int length)
    {
        Assert.AreEqual(Error.None, _bench.Pager.WriteBack(at, length));
        AssertStored(at, length);
    }

    private void JobWrites(int at, int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        Assert.AreEqual(Error.None, _bench.Pager.Drop(at, length));
        bytes.CopyTo(_bench.Store.Content.AsSpan(at));
        bytes.CopyTo(_store.AsSpan(at));
    }

    private void JobCopies(int from, int to, int length)
    {
        JobReads(from, length);
        Assert.AreEqual(Error.None, _bench.Pager.Drop(to, length));
        byte[] bytes = _bench.Store.Content.AsSpan(from, length).ToArray();
        bytes.CopyTo(_bench.Store.Content.AsSpan(to));
        bytes.CopyTo(_store.AsSpan(to));
    }

    private void AssertStored(int at, int length)
        => Assert.IsTrue(_bench.Store.Content.AsSpan(at, length).SequenceEqual(_store.AsSpan(at, length)), $"the store's {length} bytes at {at}");
}
