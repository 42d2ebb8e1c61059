// A board with RTCR and a target that has so many dataspaces of such a size, every byte of them written.
using System.Diagnostics;
using Tern.HostEmulator;
using Tern.Kernel;
using Tern.Rtcr;

namespace Tern.Benchmarks;

/// <summary>A target that is checkpointed and restored.</summary>
internal sealed class TargetBoard : IDisposable
{
    private const int Slack = 2 << 20;
    private const int Piece = 1 << 20;
    private const int PageSize = 4096;
    private const string Target = "target";

    private readonly HostCrypto? _crypto;
    private readonly Keeper _keeper;
    private readonly Machine _machine;
    private readonly int _ram;
    private readonly int _caps;

    /// <summary>Makes the board; its target runs.</summary>
    /// <param name="dataspaces">How many the target has besides its initial memory.</param>
    /// <param name="bytes">The size of each.</param>
    /// <param name="isSealed">Whether images get a real checksum and authentication code; without, only capturing is of interest.</param>
    internal TargetBoard(int dataspaces, int bytes, bool isSealed)
    {
        Content = (long)dataspaces * bytes;
        _ram = (int)Content + (Slack / 2);
        _caps = (2 * dataspaces) + 100;
        _keeper = new Keeper((int)Content + Slack, new RtcrLimits { Targets = 1, Objects = dataspaces + 40 });
        _machine = new Machine(true, profile => profile.BankSizes = [BankSize, BankSize], _keeper);
        _crypto = isSealed ? new HostCrypto() : null;
        _machine.Board.Crypto = isSealed ? _crypto! : new NoCrypto();
        _machine.Program(Target, new Hand { Started = env => Fill(env, dataspaces, bytes) });
        _machine.Boot();
        _machine.Do(_keeper, env => _keeper.Start(Target, _ram, _caps));
    }

    /// <summary>Bytes in the target's dataspaces.</summary>
    internal long Content { get; }

    // Whole pages, as a board's profile demands.
    private int BankSize => ((int)Content + (4 * Slack)) / PageSize * PageSize;

    /// <summary>Nanoseconds that a number of checkpoints held the target.</summary>
    internal long Capture(int count) => Checkpoint(count, keeper => keeper.Supervisor.StopNanoseconds);

    /// <summary>Nanoseconds that sealing a number of images took.</summary>
    internal long Seal(int count) => Checkpoint(count, keeper => keeper.Supervisor.SealNanoseconds);

    /// <summary>Nanoseconds of a number of restores of the image that was taken last, each check of its seal included.</summary>
    internal long Restore(int count)
    {
        long ticks = 0;
        if (_keeper.ImageSize == 0)
        {
            Capture(1);
        }

        for (int i = 0; i < count; i++)
        {
            _machine.Do(_keeper, env =>
            {
                _keeper.Supervisor.Stop(0);
                long start = Stopwatch.GetTimestamp();
                _keeper.Restore();
                ticks += Stopwatch.GetTimestamp() - start;
            });
        }

        return Case.ToNanoseconds(ticks);
    }

    public void Dispose() => _crypto?.Dispose();

    private long Checkpoint(int count, Func<Keeper, long> read)
    {
        long nanoseconds = 0;
        _machine.Do(_keeper, env =>
        {
            for (int i = 0; i < count; i++)
            {
                _keeper.Checkpoint();
                nanoseconds += read(_keeper);
            }
        });
        return nanoseconds;
    }

    private static void Fill(Env env, int dataspaces, int bytes)
    {
        var content = new byte[Math.Min(bytes, Piece)];
        new Random(1).NextBytes(content);
        for (int i = 0; i < dataspaces; i++)
        {
            int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(bytes, out Error error);
            Expect.Ok(error);
            int at = env.Attach(dataspace);
            Expect.Ok(env.LastError);
            for (int done = 0; done < bytes; done += content.Length)
            {
                env.Memory.Write(at + done, content, 0, Math.Min(content.Length, bytes - done));
            }
        }
    }

    /// <summary>A unit that does nothing, so that only capturing takes time.</summary>
    private sealed class NoCrypto : ICrypto
    {
        public int Crc32(int crc, byte[] buffer, int offset, int length) => 0;

        public bool BeginMac(int key) => true;

        public void UpdateMac(byte[] buffer, int offset, int length)
        {
        }

        public void EndMac(byte[] code, int offset) => code.AsSpan(offset, 32).Clear();
    }
}
