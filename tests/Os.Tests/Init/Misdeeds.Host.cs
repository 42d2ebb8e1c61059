// The worst that a program can do in a handler, by name.
using System;
using Tern.Kernel;

namespace Tern.Os.Tests;

internal static class Misdeeds
{
    /// <summary>Does it.</summary>
    internal static void Commit(Env env, string deed)
    {
        switch (deed)
        {
            case "throws":
                throw new InvalidOperationException();
            case "makes an array beyond all bounds":
                env.Root = new byte[int.MaxValue].Length;
                break;
            case "divides by zero":
                env.Memory.WriteInt32(env.Root, 1 / env.Root);
                break;
            case "reads nothing":
                int[]? none = null;
                env.Root = none![env.Root];
                break;
            case "reads beyond an array":
                env.Root = (new int[1])[env.Root + 1];
                break;
            case "reads address zero":
                env.Memory.ReadInt32(0);
                break;
            case "writes beyond its memory":
                env.Memory.WriteInt32(0x7ffffff0, 1);
                break;
            case "writes to a module":
                int module = new RomSession(env, env.Connect("ROM", "config", 0, 0, 0)).Dataspace(out int _, out Error _);
                env.Memory.WriteInt32(env.AttachAt(Selectors.AddressSpace, module, 0, 0, -1, Rights.Read), 1);
                break;
            case "faults in its fault handler":
                FaultInHandler(env);
                break;
            case "never ends a handler":
                while (true)
                {
                    env.Submit(0);
                }

            case "calls itself for ever":
                Recurse(env);
                break;
            case "asks its parent for ever":
                while (true)
                {
                    env.Connect("no such service");
                }

            case "overwrites its memory":
                Overwrite(env);
                break;
            default:
                Greed.Commit(env, deed);
                break;
        }
    }

    /// <summary>A managed dataspace whose fault handler, when it is asked, touches the same one.</summary>
    private static void FaultInHandler(Env env)
    {
        int map = new RmSession(env, env.Connect("RM")).Create(8192, out Error _);
        env.SetFaultHandler(map, env.Gate(5));
        env.Memory.ReadInt32(env.Attach(map));
    }

    /// <summary>Not endless by itself: the stack of the host is not what is tried here.</summary>
    private static int Recurse(Env env) => (int)env.Submit(0) + Recurse(env, 2000);

    private static int Recurse(Env env, int depth) => depth == 0 ? Recurse(env, 2000) : (int)env.Submit(0) + Recurse(env, depth - 1);

    /// <summary>Spoils all that the runtime keeps in the component's own memory, and goes on.</summary>
    private static void Overwrite(Env env)
    {
        for (int at = MemoryLayout.InitialMemory; at < MemoryLayout.InitialMemory + 4096; at += 4)
        {
            env.Memory.WriteInt32(at, 0x7ffff000);
        }

        for (int i = 0; i < 100; i++)
        {
            env.Memory.WriteInt32(env.Allocate(64), i);
            env.Signal(i);
        }
    }
}
