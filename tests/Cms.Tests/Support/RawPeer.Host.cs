// A peer that speaks the protocol by hand: right, wrong, or not at all.
using System;
using System.Collections.Generic;
using Tern.Kernel;
using Tern.Os;

namespace Tern.Cms.Tests;

/// <summary>An answer that a peer got.</summary>
internal sealed record Answer(int Service, int Opcode, int Sequence, Error Status, int Word, int Bulk);

/// <summary>A program that takes steps, each as soon as it can: a step that answers false is tried again.</summary>
internal sealed class RawPeer(params Func<RawPeer, bool>[] steps) : PinnedProgram, IChannelOwner
{
    private const int NicLabel = 1;
    private const int TickLabel = 2;
    private const int TimeoutsLabel = 3;
    private const int Room = 64 * 1024;

    private readonly Frame _frame = new();
    private ChannelPool _pool = null!;
    private int _step;

    internal Env Env { get; private set; } = null!;

    internal NicConnection Nic { get; private set; } = null!;

    internal List<Answer> Answers { get; } = [];

    internal List<Error> Ends { get; } = [];

    internal bool IsDone => _step == steps.Length;

    internal int Memory { get; private set; }

    /// <summary>The last channel that was opened to each service.</summary>
    internal Dictionary<int, Channel> Channels { get; } = [];

    public override void Construct(Env env)
    {
        Env = env;
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        Assert.IsTrue(config.IsValid);
        NetworkConfig network = default;
        network.Read(config, reader);
        Assert.AreEqual(0, reader.Faults);
        Nic = new NicConnection(env, NicLabel, NicLabel);
        Nic.Open("", network.Address, network.Netmask, network.Gateway);
        _pool = new ChannelPool(env, Nic, new Timeouts(env, TimeoutsLabel, 2), 8);
        Memory = env.Attach(new PdSession(env, Selectors.Pd).AllocateDataspace(Room, out Error _));
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(TickLabel));
        timer.TriggerPeriodic(1000);
    }

    public override void OnSignal(Env env, int label, int count)
    {
        if (Nic.OnSignal(label))
        {
            NicEvent news = default;
            while (Nic.Next(ref news))
            {
                _pool.OnEvent(ref news);
            }
        }
        else if (label == TickLabel && Nic.IsUp && _step < steps.Length && steps[_step](this))
        {
            _step++;
        }

        _pool.Pump();
    }

    /// <summary>Opens a channel.</summary>
    internal bool Open(int service, string ip, int port)
    {
        Assert.IsTrue(Ip4.TryParse(ip, out int address));
        Channel? channel = _pool.Connect(address, port, service, this);
        if (channel != null)
        {
            Channels[service] = channel;
        }

        return channel != null;
    }

    /// <summary>Asks, with bulk of the peer's memory if a length is given.</summary>
    internal bool Ask(int service, int opcode, Checkpoint checkpoint, int bulkAt = 0, int bulk = 0, int announced = -1)
    {
        Channel channel = Channels[service];
        checkpoint.Write(_frame.Ask(service, opcode, channel.NextSequence())).WithBulk(announced < 0 ? bulk : announced);
        bool sent = channel.Send(_frame);
        if (sent && bulk > 0)
        {
            channel.SendPiece(Memory + bulkAt, bulk);
        }

        return sent;
    }

    /// <summary>The newest answer of an operation.</summary>
    internal Answer? Last(int service, int opcode) => Answers.FindLast(answer => answer.Service == service && answer.Opcode == opcode);

    /// <summary>Fills a piece of memory and tells its checksum.</summary>
    internal int Fill(int at, int length, int content)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)((content * 13) + i);
        }

        Env.Memory.Write(Memory + at, bytes, 0, length);
        return Crc32.Compute(0, bytes, 0, length);
    }

    public void OnFrame(Channel channel, Frame frame)
    {
        Answers.Add(new Answer(frame.Service, frame.Opcode, frame.Sequence, frame.Status, frame.Get(Checkpoint.Length), frame.BulkLength));
        if (frame.BulkLength > 0)
        {
            channel.Receive(Memory + (Room / 2), Room / 2);
        }
    }

    public void OnReceived(Channel channel)
    {
    }

    public void OnSent(Channel channel)
    {
    }

    public void OnEnd(Channel channel, Error error) => Ends.Add(error);
}
