// Peers that send anything to any port: the components stay well, and serve everybody else.
using Tern.HostEmulator;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms.Tests;

[TestClass]
public sealed class HostileTests
{
    [TestMethod]
    public void WhateverComesToWhateverPortAMigrationSucceeds()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var world = new CmsWorld(seed);
            world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 4 });
            world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger });
            var noise = new Noise(world.World.RandomFor("noise"), seed % 2 == 0);
            world.AddPeer(noise);
            world.Start();
            world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu2", 60, $"seed {seed}: the migration");
            world.RunFor(2);
            Assert.IsGreaterThan(100, noise.Flows);
        }
    }

    /// <summary>Somebody connects to everything and says nothing: those who have something to say still get in.</summary>
    [TestMethod]
    public void SilentPeersDoNotKeepOthersOut()
    {
        var world = new CmsWorld(1);
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger, Component = 1, MigrateAfter = 4 });
        world.AddEcu(name => new RtcrOptions { Board = name, Ledger = world.Ledger });
        world.AddPeer(new Silence());
        world["peer3"].PowerOn(0);
        world["manager"].PowerOn(0);
        world["nas"].PowerOn(0);
        world.World.At(200_000_000, () => world["ecu1"].PowerOn(world.World.Now));
        world.World.At(200_000_000, () => world["ecu2"].PowerOn(world.World.Now));
        world.RunFor(5);
        Assert.AreEqual("ecu1", world.Ledger.HolderOf(1), "the NAS is full of silence");
        world.RunUntil(() => world.Ledger.HolderOf(1) == "ecu2", 60, "the migration");
    }

    private static readonly string[] Targets = ["10.0.0.2", "10.0.2.2", "10.0.1.2", "10.0.1.3"];

    /// <summary>Connects, sends bytes, sometimes with a good header, and closes.</summary>
    private sealed class Noise(SeededRandom random, bool framed) : PinnedProgram
    {
        private NicConnection _nic = null!;
        private readonly int[] _flows = new int[6];

        internal int Flows { get; private set; }

        public override void Construct(Env env)
        {
            _nic = Connect(env, 2000);
        }

        public override void OnSignal(Env env, int label, int count)
        {
            NicEvent news = default;
            while (_nic.OnSignal(label) && _nic.Next(ref news))
            {
                Forget(in news);
            }

            if (label == 1 || !_nic.IsUp)
            {
                return;
            }

            int index = (int)random.Below(_flows.Length);
            if (_flows[index] == 0)
            {
                Assert.IsTrue(Ip4.TryParse(Targets[random.Below(Targets.Length)], out int address));
                _flows[index] = _nic.Connect(address, (int)(Ports.Manager + random.Below(7)));
                Flows++;
            }
            else if (random.Below(4) == 0)
            {
                _nic.Close(_flows[index]);
                _flows[index] = 0;
            }
            else
            {
                byte[] bytes = Bytes();
                _nic.Write(_flows[index], bytes, 0, bytes.Length);
            }
        }

        private void Forget(in NicEvent news)
        {
            for (int i = 0; i < _flows.Length && news.Kind is NicEventKind.Refused or NicEventKind.Closed; i++)
            {
                _flows[i] = _flows[i] == news.Flow ? 0 : _flows[i];
            }
        }

        private byte[] Bytes()
        {
            if (!framed)
            {
                var any = new byte[random.Below(300)];
                for (int i = 0; i < any.Length; i++)
                {
                    any[i] = (byte)random.Next();
                }

                return any;
            }

            // A frame that decodes, with numbers that mean nothing or too much.
            Frame frame = new Frame().Ask((int)(1 + random.Below(5)), (int)random.Below(7), random.Next());
            var checkpoint = new Checkpoint
            {
                Mac = random.Below(4) == 0 ? 57406533673527 + random.Below(4) : random.Below(1L << 48),
                Offset = (int)random.Below(random.Below(2) == 0 ? 100 : int.MaxValue),
                Size = (int)random.Below(random.Below(2) == 0 ? 5000 : int.MaxValue),
                Commit = (int)random.Below(5),
                Epoch = (int)random.Below(3) + 100,
                Claim = (int)random.Below(3) + 100,
                Ticket = random.Next(),
            };
            checkpoint.Write(frame).Put(random.Next()).Put(random.Next()).Put(random.Next());
            frame.WithBulk(random.Below(2) == 0 ? 0 : (int)random.Below(int.MaxValue));
            var bytes = new byte[frame.Size];
            frame.CopyTo(bytes, 0);
            return bytes;
        }
    }

    /// <summary>Opens as many flows as it can, and leaves it at that.</summary>
    private sealed class Silence : PinnedProgram
    {
        private NicConnection _nic = null!;
        private int _next;

        public override void Construct(Env env) => _nic = Connect(env, 5000);

        public override void OnSignal(Env env, int label, int count)
        {
            NicEvent news = default;
            while (_nic.OnSignal(label) && _nic.Next(ref news))
            {
            }

            if (label == 2 && _nic.IsUp && _next < FlowTable.MaxFlows / 2)
            {
                // The NAS has the fewest flows, so it is the easiest to fill.
                Assert.IsTrue(Ip4.TryParse(Targets[_next % 2], out int address));
                _nic.Connect(address, _next % 2 == 0 ? Ports.Manager : Ports.Nas);
                _next++;
            }
        }
    }

    private static NicConnection Connect(Env env, int period)
    {
        Assert.IsTrue(Ip4.TryParse("10.0.1.4", out int address));
        var nic = new NicConnection(env, 1, 1);
        nic.Resize(FlowTable.MaxFlows, FlowTable.DefaultRingSize);
        nic.Open("", address, unchecked((int)0xFFFF0000), 0);
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(2));
        timer.TriggerPeriodic(period);
        return nic;
    }
}
