// Memory through the address space: single numbers, and bulk copies beside the processor's own.
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class MemoryAccess : Benchmark
{
    private const int Window = 64 * 1024;
    private const int Large = 1 << 20;

    private readonly PlainCopy _small = new(Window);
    private readonly PlainCopy _large = new(Large);
    private readonly int[] _array = new int[Window / 4];

    // What is read has to go somewhere, or nothing is read at all.
    private int _sink;

    internal override string Title => "Memory through the address space, page look-up and rights included";

    internal override IReadOnlyList<Case> Prepare(Size size)
    {
        var machine = new Machine();
        Hand client = machine.Add("client", 8 << 20);
        int at = 0;
        int other = 0;
        int from = 0;
        int to = 0;
        client.Started = env =>
        {
            var pd = new PdSession(env, Selectors.Pd);
            from = pd.AllocateDataspace(Large, out Error _);
            to = pd.AllocateDataspace(Large, out Error _);
            at = env.Attach(from);
            other = env.Attach(to);
            Expect.That(at != 0 && other != 0, "no memory");
        };
        machine.Boot();
        var bytes = new byte[Large];
        Case small = Plain("memcpy of 64 KB", _small);
        Case large = Plain("memcpy of 1 MB", _large);
        return
        [
            new Case("an int[] of the host, read", Case.Timed(ReadArray)) { AllocatesNothing = true },
            Single("32-bit read", machine, client, Aim.Nanoseconds(3), (env, count) => _sink += Read32(env.Memory, at, count)),
            Single("32-bit write", machine, client, Aim.Nanoseconds(3), (env, count) => Write32(env.Memory, at, count)),
            Single("8-bit read", machine, client, null, (env, count) => _sink += Read8(env.Memory, at, count)),
            Single("64-bit read", machine, client, null, (env, count) => _sink += (int)Read64(env.Memory, at, count)),
            Single("64-bit write", machine, client, null, (env, count) => Write64(env.Memory, at, count)),
            Single("32-bit read across two pages", machine, client, null, (env, count) => _sink += ReadAcross(env.Memory, at + env.Memory.PageSize - 2, count)),
            small,
            Bulk("copy of 64 KB between two dataspaces in one address space", Window, small, machine, client, env => env.Memory.Copy(at, other, Window)),
            Bulk("read of 64 KB into an array", Window, small, machine, client, env => env.Memory.Read(at, bytes, 0, Window)),
            Bulk("clear of 64 KB", Window, small, machine, client, env => env.Memory.Clear(other, Window)),
            large,
            Bulk("copy of 1 MB between two dataspaces that are not attached", Large, large, machine, client, env => Expect.Ok(env.CopyDataspace(from, 0, to, 0, Large))),
        ];
    }

    public override void Dispose()
    {
        _small.Dispose();
        _large.Dispose();
        base.Dispose();
    }

    private static Case Single(string name, Machine machine, Hand client, Aim? aim, Action<Env, int> work)
        => new(name, machine.In(client, work)) { AllocatesNothing = true, Aim = aim };

    private static Case Bulk(string name, int bytes, Case beside, Machine machine, Hand client, Action<Env> work)
        => new(name, machine.In(client, (env, count) =>
        {
            for (int i = 0; i < count; i++)
            {
                work(env);
            }
        }))
        {
            AllocatesNothing = true,
            Bytes = bytes,
            Beside = beside,
        };

    private static Case Plain(string name, PlainCopy copy) => new(name, copy.Measure) { AllocatesNothing = true, Bytes = copy.Bytes };

    private void ReadArray(int count)
    {
        int[] array = _array;
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += array[i & ((Window / 4) - 1)];
        }

        _sink += sum;
    }

    private static int Read32(Memory memory, int at, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += memory.ReadInt32(at + ((i * 4) & (Window - 1)));
        }

        return sum;
    }

    private static void Write32(Memory memory, int at, int count)
    {
        for (int i = 0; i < count; i++)
        {
            memory.WriteInt32(at + ((i * 4) & (Window - 1)), i);
        }
    }

    private static int Read8(Memory memory, int at, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += memory.ReadByte(at + (i & (Window - 1)));
        }

        return sum;
    }

    private static long Read64(Memory memory, int at, int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += memory.ReadInt64(at + ((i * 8) & (Window - 1)));
        }

        return sum;
    }

    private static void Write64(Memory memory, int at, int count)
    {
        for (int i = 0; i < count; i++)
        {
            memory.WriteInt64(at + ((i * 8) & (Window - 1)), i);
        }
    }

    private static int ReadAcross(Memory memory, int at, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += memory.ReadInt32(at);
        }

        return sum;
    }
}
