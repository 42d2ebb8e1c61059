// A NAS store in a component of a booted board, driven by a piece of a test.
using System;
using System.Runtime.ExceptionServices;
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Cms.Tests;

/// <summary>Runs a test's code as init of a board with a disk.</summary>
internal sealed class StoreBench : PinnedProgram
{
    private readonly Action<Env> _action;
    private Exception? _failure;

    private StoreBench(Action<Env> action) => _action = action;

    /// <summary>Boots a board over a disk and runs code in it.</summary>
    internal static void Run(IBlockDevice disk, Action<Env> action)
    {
        var world = new World(1);
        BoardKind kind = BoardKind.Find("host")!;
        BoardProfile profile = kind.NewProfile();
        profile.BankSizes = [256 * 1024];
        profile.PageSize = 1024;
        profile.MaxObjects = 128;
        profile.MaxGates = 64;
        var program = new StoreBench(action);
        var board = new VirtualBoard(world, profile, kind.Cost)
        {
            Modules = new BootModules(_ => program),
            Storage = disk,
        };
        board.PowerOn(0);
        world.Run();
        if (program._failure != null)
        {
            ExceptionDispatchInfo.Throw(program._failure);
        }
    }

    public override void Construct(Env env)
    {
        try
        {
            _action(env);
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }
}

/// <summary>A store with what a test needs around it.</summary>
internal sealed class OpenStore
{
    private const int Room = 64 * 1024;

    private readonly Env _env;
    private readonly int _dataspace;
    private readonly int _address;

    internal OpenStore(Env env)
    {
        _env = env;
        Store = new NasStore(env, new BlockSession(env, env.Connect("Block")), new CryptoSession(env, env.Connect("Crypto")));
        _dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(Room, out Error _);
        _address = env.Attach(_dataspace);
    }

    internal NasStore Store { get; }

    /// <summary>Stores an image, whose bytes follow from a number.</summary>
    internal Error Put(ref Checkpoint checkpoint, int content)
    {
        byte[] bytes = Image(content, checkpoint.Size);
        checkpoint.Crc = Crc32.Compute(0, bytes, 0, bytes.Length);
        Error error = Store.Begin(ref checkpoint, out int image);
        if (error != Error.None)
        {
            return error;
        }

        _env.Memory.Write(_address, bytes, 0, bytes.Length);
        for (int at = 0; at < bytes.Length && error == Error.None; at += Store.BlockSize)
        {
            error = Store.Write(image, _dataspace, at, Math.Min(Store.BlockSize, bytes.Length - at));
        }

        if (error != Error.None)
        {
            Store.Cancel(image);
            return error;
        }

        return Store.Commit(image, ref checkpoint);
    }

    /// <summary>Claims a checkpoint; without an epoch, the newest one that is stored, or else that is claimed.</summary>
    internal Error Claim(ref Checkpoint wanted, out int row)
    {
        int next = 0;
        int best = 0;
        bool isStored = false;
        Checkpoint known = default;
        for (NasState state = Store.Next(ref next, ref known); state != NasState.Free && wanted.Epoch == 0; state = Store.Next(ref next, ref known))
        {
            bool isMine = known.Is(wanted.Mac, wanted.Offset) && (state == NasState.Stored || !isStored);
            bool isBetter = isMine && (best == 0 || known.Epoch > best || (state == NasState.Stored && !isStored));
            best = isBetter ? known.Epoch : best;
            isStored |= isBetter && state == NasState.Stored;
        }

        wanted.Epoch = wanted.Epoch == 0 ? Math.Max(1, best) : wanted.Epoch;
        return Store.Claim(ref wanted, out row);
    }

    /// <summary>Whether a claimed image has the bytes that follow from a number.</summary>
    internal bool Has(int row, in Checkpoint claimed, int content)
        => HasOrFails(row, in claimed, content, out Error error) && error == Error.None;

    /// <summary>The same; true also when the disk fails.</summary>
    internal bool HasOrFails(int row, in Checkpoint claimed, int content, out Error error)
    {
        error = Store.Read(row, claimed.Claim, 0, _dataspace, 0, claimed.Size);
        if (error != Error.None)
        {
            return error == Error.DeviceFailed;
        }

        var bytes = new byte[claimed.Size];
        _env.Memory.Read(_address, bytes, 0, bytes.Length);
        return bytes.AsSpan().SequenceEqual(Image(content, claimed.Size)) && claimed.Crc == Crc32.Compute(0, bytes, 0, bytes.Length);
    }

    private static byte[] Image(int content, int size)
    {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++)
        {
            bytes[i] = (byte)((content * 31) + (i * 7) + (i >> 8));
        }

        return bytes;
    }
}
