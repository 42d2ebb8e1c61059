// The power goes at every operation of the disk, in random stories of stores, claims, confirmations and claims given up.
// Afterwards the store is as it was before the step that was interrupted, or as it is after it: nothing that was said to be
// stored is missing or damaged, and nothing half is there.
using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using Tern.HostEmulator;
using Tern.Kernel;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class NasPowerTests
{
    private static readonly long[] Macs = [1, 2, 3];

    [TestMethod]
    public void ThePowerMayGoAtAnyMoment() => Property.Holds(Gen.Choose(0, int.MaxValue), Judge, 100);

    private static void Judge(int seed)
    {
        Step[] steps = Story(seed);
        List<string> states = [];
        var perfect = new FaultyDisk(new MemoryDisk(512, 64));
        StoreBench.Run(perfect, env => Tell(env, steps, states));
        Assert.HasCount(steps.Length + 1, states);
        for (long cut = 0; cut < perfect.OperationCount; cut++)
        {
            var memory = new MemoryDisk(512, 64);
            var disk = new FaultyDisk(memory) { FailAt = cut, StaysDead = true, BlocksBeforeFailure = (int)((seed + cut) % 9) };
            List<string> before = [];
            StoreBench.Run(disk, env => Tell(env, steps, before));
            memory.CutPower(new SeededRandom((ulong)seed + (ulong)cut));
            disk.Revive();
            StoreBench.Run(disk, env =>
            {
                var open = new OpenStore(env);
                Assert.AreEqual(Error.None, open.Store.Open(""), $"seed {seed}, cut {cut}");
                string state = State(open);
                int last = Math.Max(0, before.Count - 1);
                string possible = states[last] + " or " + states[Math.Min(last + 1, steps.Length)];
                Assert.IsTrue(state == states[last] || state == states[Math.Min(last + 1, steps.Length)],
                    $"seed {seed}, cut {cut}: is {state}, may be {possible}");
                CheckImages(open);
            });
        }
    }

    /// <summary>Takes the steps until the disk fails, and notes the state after each.</summary>
    private static void Tell(Env env, Step[] steps, List<string> states)
    {
        var open = new OpenStore(env);
        var model = new StoreModel();
        if (open.Store.Open("") != Error.None)
        {
            return;
        }

        states.Add(State(open));
        foreach (Step step in steps)
        {
            Error error = step.Take(open, model);
            if (error == Error.DeviceFailed)
            {
                return;
            }

            Assert.AreEqual(model.State(), State(open), step.ToString());
            states.Add(State(open));
        }
    }

    /// <summary>What the index says, but for the order of its records.</summary>
    private static string State(OpenStore open)
    {
        var records = new List<string>();
        int row = 0;
        Checkpoint checkpoint = default;
        for (NasState state = open.Store.Next(ref row, ref checkpoint); state != NasState.Free; state = open.Store.Next(ref row, ref checkpoint))
        {
            if (state != NasState.Forgotten)
            {
                records.Add(StoreModel.Describe(in checkpoint, state == NasState.Claimed));
            }
        }

        return string.Join(' ', records.Order(StringComparer.Ordinal));
    }

    /// <summary>Claims everything there is, and compares each image with its checksum.</summary>
    private static void CheckImages(OpenStore open)
    {
        int ticket = 1_000_000;
        int row = 0;
        Checkpoint known = default;
        var claimed = new List<Checkpoint>();
        for (NasState state = open.Store.Next(ref row, ref known); state != NasState.Free; state = open.Store.Next(ref row, ref known))
        {
            if (state == NasState.Claimed)
            {
                claimed.Add(known);
            }
        }

        foreach (Checkpoint mine in claimed)
        {
            Checkpoint claim = mine;
            Read(open, ref claim);
        }

        foreach (long mac in Macs)
        {
            for (int offset = 0; offset < 2; offset++)
            {
                Checkpoint claim;
                do
                {
                    claim = new Checkpoint { Mac = mac, Offset = offset, Ticket = ++ticket };
                }
                while (Read(open, ref claim));
            }
        }
    }

    private static bool Read(OpenStore open, ref Checkpoint claim)
    {
        claim.Size = int.MaxValue;
        if (open.Claim(ref claim, out int row) != Error.None)
        {
            return false;
        }

        Assert.IsTrue(open.Has(row, in claim, claim.NeedCaps), "the image is not what its checksum says");
        return true;
    }

    private static Step[] Story(int seed)
    {
        var random = new Random(seed);
        var steps = new Step[5 + random.Next(8)];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = new Step((StepKind)random.Next(6), random.Next(), Macs[random.Next(3)], random.Next(2), i + 1, 1 + random.Next(3000));
        }

        return steps;
    }
}
