// Memory against a model: whatever the mapping, what was written is what is read.
using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class MemoryModelTests
{
    private const int PageSize = 256;
    private const int Pages = 12;
    private const int Base = 0x20000;

    /// <summary>A window of pages, each of some dataspace or a hole, directly or through managed dataspaces; accesses anywhere in it.</summary>
    [TestMethod]
    public void MemoryIsWhatItsMapsSay() => Check.One(Quick(150), Prop.ForAll(Dice.Seeds, seed =>
    {
        var dice = new Dice(seed);
        Machine machine = Small();
        machine.Do("a", env =>
        {
            var model = new Model(env, dice);
            for (int step = 0; step < 150; step++)
            {
                model.Step();
            }
        });
    }));

    /// <summary>CopyDataspace between dataspaces and managed ones with holes, against arrays.</summary>
    [TestMethod]
    public void CopiesBetweenDataspacesMoveWhatTheySay() => Check.One(Quick(150), Prop.ForAll(Dice.Seeds, seed =>
    {
        var dice = new Dice(seed);
        Machine machine = Small();
        machine.Do("a", env =>
        {
            var rm = new RmSession(env, env.Connect("RM"));
            int[] objects = new int[4];
            var bytes = new byte[4][];
            var window = new int[4];
            for (int i = 0; i < 4; i++)
            {
                objects[i] = new PdSession(env, Selectors.Pd).AllocateDataspace(4 * PageSize, out Error _);
                window[i] = env.Attach(objects[i]);
                bytes[i] = new byte[4 * PageSize];
                dice.Fill(bytes[i]);
                env.Memory.Write(window[i], bytes[i], 0, bytes[i].Length);
            }

            // A managed dataspace of pages of the first two objects, and holes; the others are copied from and to.
            int map = rm.Create(8 * PageSize, out Error _);
            var shown = new (int Object, int Page)[8];
            for (int page = 0; page < 8; page++)
            {
                shown[page] = dice.Chance(6) ? (-1, 0) : (dice.Roll(2), dice.Roll(4));
                if (shown[page].Object >= 0)
                {
                    env.AttachAt(map, objects[shown[page].Object], shown[page].Page * PageSize, PageSize, page * PageSize, Rights.ReadWrite);
                    Expect.Ok(env.LastError);
                }
            }

            for (int step = 0; step < 40; step++)
            {
                int plain = dice.Between(2, 3);
                int at = dice.Roll(8 * PageSize);
                int other = dice.Roll(4 * PageSize);
                int length = dice.Roll(Math.Min((8 * PageSize) - at, (4 * PageSize) - other) + 1);
                bool toMap = dice.Chance(2);
                int whole = 0;
                while (whole < length && shown[(at + whole) / PageSize].Object >= 0)
                {
                    int page = (at + whole) / PageSize;
                    int inPage = (at + whole) % PageSize;
                    ref byte mapped = ref bytes[shown[page].Object][(shown[page].Page * PageSize) + inPage];
                    if (toMap)
                    {
                        mapped = bytes[plain][other + whole];
                    }
                    else
                    {
                        bytes[plain][other + whole] = mapped;
                    }

                    whole++;
                }

                Error error = toMap
                    ? env.CopyDataspace(objects[plain], other, map, at, length)
                    : env.CopyDataspace(map, at, objects[plain], other, length);
                Expect.Error(whole == length ? Error.None : Error.BadRegion, error);
                for (int i = 0; i < 4; i++)
                {
                    AssertSame(env, window[i], bytes[i]);
                }
            }
        });
    }));

    /// <summary>Banks: pieces never overlap, free ones are joined, memory comes zeroed, and what is lost is nothing.</summary>
    [TestMethod]
    public void BanksGiveEachByteToOneOwner() => Check.One(Quick(300), Prop.ForAll(Dice.Seeds, seed =>
    {
        var dice = new Dice(seed);
        int[] sizes = [dice.Between(1, 40) * PageSize, dice.Between(1, 40) * PageSize];
        var physical = new PhysicalMemory(sizes, 100);
        var owned = new List<(int Bank, int Offset, int Size, byte Mark)>();
        byte mark = 0;
        for (int step = 0; step < 200; step++)
        {
            if (dice.Chance(2) && owned.Count > 0)
            {
                int i = dice.Roll(owned.Count);
                var piece = owned[i];
                for (int at = 0; at < piece.Size; at++)
                {
                    Assert.AreEqual(piece.Mark, physical.Bank(piece.Bank)[piece.Offset + at]);
                }

                physical.Free(piece.Bank, piece.Offset, piece.Size);
                owned.RemoveAt(i);
                continue;
            }

            int size = dice.Between(1, 12) * PageSize;
            int bank = physical.Allocate(size, out int offset);
            if (bank >= 0 && owned.Count < 90)
            {
                mark = (byte)((mark % 255) + 1);
                Assert.IsTrue(physical.Bank(bank).AsSpan(offset, size).IndexOfAnyExcept((byte)0) < 0);
                physical.Bank(bank).AsSpan(offset, size).Fill(mark);
                owned.Add((bank, offset, size, mark));
            }
            else if (bank >= 0)
            {
                physical.Free(bank, offset, size);
            }
        }

        foreach (var piece in owned)
        {
            physical.Free(piece.Bank, piece.Offset, piece.Size);
        }

        for (int bank = 0; bank < 2; bank++)
        {
            Assert.AreEqual(1, physical.Pieces(bank));
            Assert.AreEqual(sizes[bank], physical.PieceSize(bank, 0));
        }
    }));

    /// <summary>The heap: blocks are zeroed and disjoint, keep what is written, and coalesce into what they came from.</summary>
    [TestMethod]
    public void HeapBlocksAreDisjointAndComeTogetherAgain() => Check.One(Quick(150), Prop.ForAll(Dice.Seeds, seed =>
    {
        var dice = new Dice(seed);
        Machine machine = Small();
        machine.Do("a", env =>
        {
            var blocks = new List<(int Address, int Size, byte Mark)>();
            int freeBefore = FreeBytes(env);
            byte mark = 0;
            for (int step = 0; step < 120; step++)
            {
                if (blocks.Count > 0 && dice.Chance(2))
                {
                    int i = dice.Roll(blocks.Count);
                    for (int at = 0; at < blocks[i].Size; at++)
                    {
                        Assert.AreEqual(blocks[i].Mark, env.Memory.ReadByte(blocks[i].Address + at));
                    }

                    env.Free(blocks[i].Address);
                    blocks.RemoveAt(i);
                    continue;
                }

                int size = dice.Chance(8) ? dice.Between(1000, 6000) : dice.Roll(200);
                int address = env.Allocate(size);
                if (address == 0)
                {
                    Expect.Error(Error.OutOfRam, env.LastError);
                    continue;
                }

                Assert.AreEqual(0, address % 8);
                mark = (byte)((mark % 255) + 1);
                for (int at = 0; at < size; at++)
                {
                    Assert.AreEqual(0, (int)env.Memory.ReadByte(address + at));
                    env.Memory.WriteByte(address + at, mark);
                }

                blocks.Add((address, size, mark));
            }

            foreach (var block in blocks)
            {
                env.Free(block.Address);
            }

            // All that was taken is free again, plus what the heap grew by, in as few pieces as there are gaps.
            Assert.IsTrue(FreeBytes(env) >= freeBefore);
            Assert.IsTrue(FreePieces(env) <= 3, "pieces: " + FreePieces(env));
        });
    }));

    private static Config Quick(int tests) => Config.QuickThrowOnFailure.WithMaxTest(tests);

    private static Machine Small()
    {
        var machine = new Machine();
        machine.Profile.PageSize = PageSize;
        machine.Profile.AddressSpaceSize = 1024 * 1024;
        machine.Profile.BankSizes = [64 * 1024];
        machine.Add("a").Ram = 36 * 1024;
        return machine.Boot();
    }

    private static void AssertSame(Env env, int address, byte[] expected)
    {
        var actual = new byte[expected.Length];
        env.Memory.Read(address, actual, 0, actual.Length);
        Assert.IsTrue(expected.AsSpan().SequenceEqual(actual));
    }

    private static int FreeBytes(Env env)
    {
        int sum = 0;
        for (int at = new RuntimeBlock(env.Memory).FirstFree; at != 0; at = env.Memory.ReadInt32(at + 4))
        {
            sum += env.Memory.ReadInt32(at);
        }

        return sum;
    }

    private static int FreePieces(Env env)
    {
        int count = 0;
        for (int at = new RuntimeBlock(env.Memory).FirstFree; at != 0; at = env.Memory.ReadInt32(at + 4))
        {
            count++;
        }

        return count;
    }

    /// <summary>Dataspaces as arrays, and for each page of the window which page of which is shown, and by what rights.</summary>
    private sealed class Model
    {
        private readonly Env _env;
        private readonly Dice _dice;
        private readonly int[] _dataspaces = new int[3];
        private readonly int[] _window = new int[3];
        private readonly byte[][] _bytes = new byte[3][];
        private readonly int _inner;
        private readonly (int Object, int Page, Rights Rights)[] _direct = new (int, int, Rights)[Pages];
        private readonly (int Object, int Page, Rights Rights)[] _managed = new (int, int, Rights)[Pages];

        internal Model(Env env, Dice dice)
        {
            _env = env;
            _dice = dice;
            for (int i = 0; i < 3; i++)
            {
                _dataspaces[i] = new PdSession(env, Selectors.Pd).AllocateDataspace(4 * PageSize, out Error error);
                Expect.Ok(error);
                _bytes[i] = new byte[4 * PageSize];
                _window[i] = env.AttachAt(Selectors.AddressSpace, _dataspaces[i], 0, 0, 0x80000 + (i * 0x10000), Rights.Read);
            }

            // The upper half of the window is a managed dataspace within a managed dataspace.
            var rm = new RmSession(env, env.Connect("RM"));
            int outer = rm.Create(Pages * PageSize, out Error _);
            _inner = rm.Create(Pages * PageSize, out Error _);
            env.AttachAt(outer, _inner, 0, 0, 0, Rights.ReadWrite);
            env.AttachAt(Selectors.AddressSpace, outer, 0, 0, Base + (Pages * PageSize), Rights.ReadWrite);
            Expect.Ok(env.LastError);
            Array.Fill(_direct, (-1, 0, Rights.None));
            Array.Fill(_managed, (-1, 0, Rights.None));
        }

        internal void Step()
        {
            int page = _dice.Roll(Pages);
            bool managed = _dice.Chance(2);
            var half = managed ? _managed : _direct;
            int map = managed ? _inner : Selectors.AddressSpace;
            int place = (managed ? 0 : Base) + (page * PageSize);
            switch (_dice.Roll(8))
            {
                case 0:
                    var shown = (Object: _dice.Roll(3), Page: _dice.Roll(4), Rights: (Rights)_dice.Between(1, 3));
                    _env.AttachAt(map, _dataspaces[shown.Object], shown.Page * PageSize, PageSize, place, shown.Rights);
                    Expect.Error(half[page].Object < 0 ? Error.None : Error.BadRegion, _env.LastError);
                    half[page] = half[page].Object < 0 ? shown : half[page];
                    break;
                case 1:
                    Expect.Error(half[page].Object < 0 ? Error.BadRegion : Error.None, _env.DetachFrom(map, place));
                    half[page] = (-1, 0, Rights.None);
                    break;
                default:
                    Access();
                    break;
            }
        }

        private void Access()
        {
            int at = _dice.Roll(2 * Pages * PageSize);
            int size = _dice.Roll(6) switch { 0 => 1, 1 => 2, 2 => 8, 3 => _dice.Between(1, 700), _ => 4 };
            bool write = _dice.Chance(2);
            bool bulk = size > 8 || size is not (1 or 2 or 4 or 8);
            bool allowed = true;
            for (int i = 0; i < size; i++)
            {
                allowed &= Permits(at + i, write ? Rights.Write : Rights.Read);
            }

            var expected = new byte[size];
            _dice.Fill(expected);
            bool faulted = false;
            try
            {
                if (write)
                {
                    Write(Base + at, expected, bulk);
                }
                else
                {
                    Assert.IsTrue(Read(Base + at, size, bulk).AsSpan().SequenceEqual(Expected(at, size)));
                }
            }
            catch (ProgramFault)
            {
                faulted = true;
            }

            Assert.AreEqual(!allowed, faulted, $"{(write ? "write" : "read")} of {size} at {at}");
            for (int i = 0; i < size && write && allowed; i++)
            {
                Byte(at + i) = expected[i];
            }

            for (int i = 0; i < 3; i++)
            {
                if (faulted && write && bulk)
                {
                    // Some of its pages may have been written.
                    _env.Memory.Read(_window[i], _bytes[i], 0, _bytes[i].Length);
                }
                else
                {
                    AssertSame(_env, _window[i], _bytes[i]);
                }
            }
        }

        private bool Permits(int at, Rights access)
        {
            int page = at / PageSize;
            return page < 2 * Pages && (Shown(page).Rights & access) == access;
        }

        private (int Object, int Page, Rights Rights) Shown(int page) => page < Pages ? _direct[page] : _managed[page - Pages];

        private ref byte Byte(int at)
        {
            var shown = Shown(at / PageSize);
            return ref _bytes[shown.Object][(shown.Page * PageSize) + (at % PageSize)];
        }

        private byte[] Expected(int at, int size)
        {
            var bytes = new byte[size];
            for (int i = 0; i < size; i++)
            {
                bytes[i] = Byte(at + i);
            }

            return bytes;
        }

        private void Write(int address, byte[] bytes, bool bulk)
        {
            if (bulk)
            {
                _env.Memory.Write(address, bytes, 0, bytes.Length);
                return;
            }

            switch (bytes.Length)
            {
                case 1:
                    _env.Memory.WriteByte(address, bytes[0]);
                    break;
                case 2:
                    _env.Memory.WriteUInt16(address, BitConverter.ToUInt16(bytes));
                    break;
                case 4:
                    _env.Memory.WriteInt32(address, BitConverter.ToInt32(bytes));
                    break;
                default:
                    _env.Memory.WriteInt64(address, BitConverter.ToInt64(bytes));
                    break;
            }
        }

        private byte[] Read(int address, int size, bool bulk)
        {
            if (bulk)
            {
                var bytes = new byte[size];
                _env.Memory.Read(address, bytes, 0, size);
                return bytes;
            }

            return size switch
            {
                1 => [_env.Memory.ReadByte(address)],
                2 => BitConverter.GetBytes((ushort)_env.Memory.ReadUInt16(address)),
                4 => BitConverter.GetBytes(_env.Memory.ReadInt32(address)),
                _ => BitConverter.GetBytes(_env.Memory.ReadInt64(address)),
            };
        }
    }
}
