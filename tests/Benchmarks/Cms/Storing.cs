// A NAS's store: images a second, each durable with its record before the next one begins.
using Tern.Cms;
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Benchmarks;

internal sealed class Storing : Benchmark
{
    private const int Piece = 64 * 1024;
    private const int Block = 512;
    private const long DiskBytes = 64L << 20;
    private const long Mac = 42;

    private readonly HostCrypto _crypto = new();

    internal override string Title => "Images stored by a NAS, one after the other";

    internal override string Note => "The disk is memory, so this is the store's own work: checksum, blocks, two copies of the index. Images a second are the "
        + "median's reciprocal.";

    internal override IReadOnlyList<Case> Prepare(Size size) =>
    [
        Store(16 * 1024, "16 KB"),
        Store(128 * 1024, "128 KB"),
        Store(1 << 20, "1 MB"),
    ];

    public override void Dispose()
    {
        _crypto.Dispose();
        base.Dispose();
    }

    private Case Store(int bytes, string name)
    {
        var machine = new Machine(false, profile => profile.BankSizes = [8 << 20]);
        machine.Board.Crypto = _crypto;
        machine.Board.Storage = new MemoryDisk(Block, (int)(DiskBytes / Block));
        NasStore? store = null;
        int dataspace = 0;
        var checkpoint = new Tern.Cms.Checkpoint { Mac = Mac, Size = bytes, NeedRam = bytes, NeedCaps = 100 };
        machine.Root.Started = env =>
        {
            var crypto = new CryptoSession(env, env.Connect("Crypto"));
            store = new NasStore(env, new BlockSession(env, env.Connect("Block")), crypto);
            Expect.Ok(store.Open(""));
            dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(bytes, out Error error);
            Expect.Ok(error);
            checkpoint.Crc = crypto.Crc32(dataspace, 0, bytes, out Error _);
        };
        machine.Boot();
        return new Case($"image of {name} stored", machine.In(machine.Root, (_, count) =>
        {
            for (int i = 0; i < count; i++)
            {
                checkpoint.Commit++;
                checkpoint.Epoch = 0;
                Put(store!, dataspace, ref checkpoint);
            }
        }))
        {
            Bytes = bytes,
        };
    }

    private static void Put(NasStore store, int dataspace, ref Tern.Cms.Checkpoint checkpoint)
    {
        Expect.Ok(store.Begin(ref checkpoint, out int image));
        for (int at = 0; at < checkpoint.Size; at += Piece)
        {
            Expect.Ok(store.Write(image, dataspace, at, Math.Min(Piece, checkpoint.Size - at)));
        }

        Expect.Ok(store.Commit(image, ref checkpoint));
    }
}
