// A target that serves: sessions and RPC objects with a record each, requests that it keeps, capabilities that it is given.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>What a keeper knows of a session or an RPC object: a view on a record in its own memory.</summary>
public readonly struct KeeperRecord(Memory memory, int at)
{
    public const int Size = 32;

    public int Sum { get => memory.ReadInt32(at); set => memory.WriteInt32(at, value); }

    /// <summary>The token of a request that it keeps; 0 for none.</summary>
    public int Token { get => memory.ReadInt32(at + 4); set => memory.WriteInt32(at + 4, value); }

    /// <summary>A capability that it was given; 0 for none.</summary>
    public int Given { get => memory.ReadInt32(at + 8); set => memory.WriteInt32(at + 8, value); }

    /// <summary>Memory that it shares, and where it has it.</summary>
    public int Dataspace { get => memory.ReadInt32(at + 12); set => memory.WriteInt32(at + 12, value); }

    public int Address { get => memory.ReadInt32(at + 16); set => memory.WriteInt32(at + 16, value); }
}

/// <summary>Serves <c>Keep</c>.</summary>
public sealed class Keeper : Program
{
    /// <summary>Adds word 0 to the record's sum. Answer: the sum.</summary>
    public const int Add = 1;

    /// <summary>The same, answered at <see cref="Release"/>.</summary>
    public const int Later = 2;

    /// <summary>Answers what is kept. Answer: the sum.</summary>
    public const int Release = 3;

    /// <summary>Answers an RPC object with a record of its own.</summary>
    public const int Make = 4;

    /// <summary>Ends capability 0, an RPC object.</summary>
    public const int Drop = 5;

    /// <summary>Keeps capability 0.</summary>
    public const int Give = 6;

    /// <summary>Triggers what it keeps. Answer: the error.</summary>
    public const int Notify = 7;

    /// <summary>Gives up what it keeps.</summary>
    public const int Forget = 8;

    /// <summary>Answer: the sum of capability 0, if that is one of its sessions or objects; −1 otherwise.</summary>
    public const int Peek = 9;

    /// <summary>Answers what it keeps.</summary>
    public const int GiveBack = 10;

    /// <summary>Answers a dataspace; its first word becomes word 0, unless that is 0. Answer: the word.</summary>
    public const int Share = 11;

    /// <summary>Faults.</summary>
    public const int Fault = 12;

    public override void Construct(Env env) => env.Log("announced: " + Errors.Name(env.Announce("Keep", KeeperRecord.Size)));

    public override Error OnOpen(Env env, int session, Message request)
    {
        env.Log("opened " + request.Text + " with " + request.Word(2));
        return request.Word(2) == 99 ? Error.ServiceDenied : Error.None;
    }

    public override void OnClose(Env env, int session) => env.Log("closed with " + new KeeperRecord(env.Memory, session).Sum);

    public override Error OnRequest(Env env, int label, Message request)
    {
        var record = new KeeperRecord(env.Memory, label);
        switch (request.Opcode)
        {
            case Add:
                record.Sum += request.Word(0);
                request.Add(record.Sum).AddText(request.Text);
                return Error.None;
            case Later:
                record.Sum += request.Word(0);
                record.Token = env.Defer();
                return Error.Deferred;
            case Release:
                env.Reply(record.Token, Error.None, env.Compose(0).Add(record.Sum));
                record.Token = 0;
                request.Add(record.Sum);
                return Error.None;
            case Make:
                int at = env.Allocate(KeeperRecord.Size);
                request.AddCapability(env.Gate(at));
                return Error.None;
            case Drop:
                return new PdSession(env, Selectors.Pd).FreeGate(request.Capability(0));
            case Peek:
                int other = env.LabelOf(request.Capability(0));
                request.Add(other <= 0 ? -1 : new KeeperRecord(env.Memory, other).Sum);
                return Error.None;
            case Fault:
                env.Memory.WriteInt32(0, 1);
                return Error.None;
            default:
                return OnCapability(env, record, request);
        }
    }

    private static Error OnCapability(Env env, KeeperRecord record, Message request)
    {
        switch (request.Opcode)
        {
            case Give:
                record.Given = env.Keep(request.Capability(0));
                request.Add(record.Given == 0 ? 0 : 1);
                return Error.None;
            case Notify:
                request.Add((int)env.Submit(record.Given));
                return Error.None;
            case Forget:
                env.Release(record.Given);
                record.Given = 0;
                return Error.None;
            case GiveBack:
                request.AddCapability(record.Given);
                return Error.None;
            case Share:
                if (record.Dataspace == 0)
                {
                    record.Dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(4096, out Error _);
                    record.Address = env.Attach(record.Dataspace);
                }

                env.Memory.WriteInt32(record.Address, request.Word(0) == 0 ? env.Memory.ReadInt32(record.Address) : request.Word(0));
                request.Add(env.Memory.ReadInt32(record.Address)).AddCapability(record.Dataspace);
                return Error.None;
            default:
                return Error.UnknownOpcode;
        }
    }
}
