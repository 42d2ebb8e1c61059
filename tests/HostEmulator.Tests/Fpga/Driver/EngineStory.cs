// Two clients of the co-processor's driver, each with its reference, on a wire that a test spoils.
using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Tern.Kernel;
using Tern.Os;
using Tern.Os.Tests;

namespace Tern.HostEmulator.Tests;

/// <summary>What a client asks for; numbers are brought into range where they are used.</summary>
internal sealed record EngineStep(int Client, int Kind, int X, int Y, int Length);

/// <summary>The board, and what should be there.</summary>
internal sealed partial class EngineStory : IDisposable
{
    /// <summary>Jobs that know nothing of intercepted regions are below this kind.</summary>
    internal const int PlainKinds = 9;

    internal const int Kinds = 12;
    internal const int MemorySize = 256 * 1024;

    private const int Page = 4096;
    private const int ListAt = 28 * 1024;
    private const int MostBytes = 20_000;

    private static readonly int[] Sizes = [128 * 1024, 64 * 1024];
    private static readonly int[] Bases = [0, 128 * 1024];

    private readonly IFpgaCore _core;
    private readonly int[] _numbers = new int[2];
    private readonly int[] _begun = new int[2];
    private readonly int[] _refused = new int[2];

    internal EngineStory(IFpgaCore core, int seed)
    {
        _core = core;
        Wire = new CoreWire(core, Bench.Board.Board, seed);
        Bench.Board.Spi = Wire;
        Bench.Board.Interrupts = Wire;
        Bench.Ready();
        for (int who = 0; who < 2; who++)
        {
            var content = new byte[EngineClient.BufferSize];
            new Random(seed + who).NextBytes(content);
            content.CopyTo(Twins[who].Buffer, 0);
            EngineClient client = Client(who);
            Bench.Do(client, env => env.Memory.Write(client.Buffer, content, 0, content.Length));
        }
    }

    internal EngineBench Bench { get; } = new();

    internal CoreWire Wire { get; }

    internal EngineTwin[] Twins { get; } = [new(Sizes[0], EngineClient.BufferSize), new(Sizes[1], EngineClient.BufferSize)];

    /// <summary>Every job that was collected, with its outcome.</summary>
    internal Dictionary<int, string>[] Outcomes { get; } = [[], []];

    public void Dispose() => _core.Dispose();

    internal EngineClient Client(int who) => who == 0 ? Bench.A : Bench.B;

    /// <summary>Submits steps of both clients, as many as they may have at once, and waits for their ends.</summary>
    internal void Play(IReadOnlyList<EngineStep> steps)
    {
        foreach (EngineStep[] batch in steps.Chunk(12))
        {
            for (int who = 0; who < 2; who++)
            {
                int client = who;
                EngineStep[] mine = [.. batch.Where(step => step.Client == client)];
                Client(who).Order(env => Array.ForEach(mine, step => Submit(env, client, step)));
            }

            Finish();
        }
    }

    /// <summary>Submits steps of one client, and waits until they have been taken but not until they are done.</summary>
    internal void Submit(int who, IReadOnlyList<EngineStep> steps)
    {
        EngineClient client = Client(who);
        int answers = client.Answers;
        int count = 0;
        Bench.Do(client, env =>
        {
            foreach (EngineStep step in steps)
            {
                Submit(env, who, step);
                count++;
            }
        });
        for (int round = 0; round < 100 && client.Answers < answers + count; round++)
        {
            Bench.Board.Run(1);
        }

        Assert.AreEqual(answers + count, client.Answers);
    }

    /// <summary>After a loss: clients and references begin anew.</summary>
    internal void BeginAnew()
    {
        Bench.Board.Run(2500);
        Finish();
        for (int who = 0; who < 2; who++)
        {
            int size = Sizes[who];
            Bench.Ok(Client(who), session => session.Fill(0, 0, size));
            Twins[who].Lose();
            Twins[who].Values.Clear();
            Buffer(who).CopyTo(Twins[who].Buffer, 0);
            Finish();
            Outcomes[who].Clear();
            _begun[who] = _numbers[who] = Client(who).Submitted;
            _refused[who] = Client(who).Refused;
        }
    }

    /// <summary>Waits until every job has been told of.</summary>
    internal void Finish()
    {
        Bench.Board.Run(2);
        for (int round = 0; round < 500 && !IsDone; round++)
        {
            for (int who = 0; who < 2; who++)
            {
                Client(who).Order(Client(who).Collect);
            }

            Bench.Board.Run(5);
        }

        Assert.IsTrue(IsDone, "jobs that never ended\n" + Bench.Board.Log());
        for (int who = 0; who < 2; who++)
        {
            Assert.IsNull(Client(who).Failure, Client(who).Failure?.ToString());
        }
    }

    /// <summary>What a client's buffer holds.</summary>
    internal byte[] Buffer(int who)
    {
        var content = new byte[EngineClient.BufferSize];
        Bench.Do(Client(who), env => env.Memory.Read(Client(who).Buffer, content, 0, content.Length));
        return content;
    }

    /// <summary>Everything is as the references say.</summary>
    internal void Compare()
    {
        for (int who = 0; who < 2; who++)
        {
            Assert.IsTrue(Outcomes[who].Values.All(outcome => outcome.StartsWith("ok", StringComparison.Ordinal)), string.Join(' ', Outcomes[who]));
            Assert.AreEqual(_numbers[who], Client(who).Submitted);
            Assert.HasCount(_numbers[who] - _begun[who], Outcomes[who]);
            Assert.AreEqual(_refused[who], Client(who).Refused);
            Same(Twins[who].Memory, _core.Memory.Slice(Bases[who], Sizes[who]), "memory of client " + who);
            Same(Twins[who].Buffer, Buffer(who), "buffer of client " + who);
            foreach ((int job, int value) in Twins[who].Values)
            {
                Assert.AreEqual("ok=" + value.ToString(CultureInfo.InvariantCulture), Outcomes[who][job], "value of job " + job);
            }
        }

        Assert.IsFalse(_core.Memory[(192 * 1024)..].ContainsAnyExcept((byte)0), "beyond all sessions");
    }

    [GeneratedRegex("([0-9]+):([^:]*) ")]
    private static partial Regex Ended();

    private static void Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        int same = expected.CommonPrefixLength(actual);
        Assert.AreEqual(expected.Length, same, what);
    }

    private bool IsDone
    {
        get
        {
            Take();
            return Client(0).IsIdle && Client(1).IsIdle && Outcomes[0].Count == Client(0).Submitted - _begun[0] && Outcomes[1].Count == Client(1).Submitted - _begun[1];
        }
    }

    private void Take()
    {
        for (int who = 0; who < 2; who++)
        {
            string[] values = Client(who).Values.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            MatchCollection outcomes = Ended().Matches(Client(who).Collected);
            for (int i = 0; i < outcomes.Count; i++)
            {
                Outcomes[who].Add(int.Parse(outcomes[i].Groups[1].ValueSpan, CultureInfo.InvariantCulture), outcomes[i].Groups[2].Value + "=" + values[i].Split(':')[1]);
            }

            Client(who).Values = "";
            Client(who).Collected = "";
        }
    }

    private void Submit(Env env, int who, EngineStep step)
    {
        EngineClient client = Client(who);
        EngineTwin twin = Twins[who];
        var session = new CopyEngineSession(env, client.Session);
        int size = Sizes[who];
        int length = 1 + (step.Length % MostBytes);
        int x = step.X % (size - length);
        int y = step.Y % (size - length);
        y = y > x && y < x + length ? x : y;
        int offset = step.Y % (ListAt - MostBytes);
        int region = step.X % 2;
        Message? message = null;
        int job = _numbers[who] + 1;
        switch (step.Kind)
        {
            case 0 or 1:
                message = session.Write(x, offset, length);
                twin.Write(x, offset, length);
                break;
            case 2:
                message = session.Read(x, offset, length);
                twin.Read(x, offset, length);
                break;
            case 3 or 4:
                message = session.Copy(x, y, length);
                twin.Copy(x, y, length);
                break;
            case 5:
                message = session.Fill(step.Length, x, length);
                twin.Fill(step.Length, x, length);
                break;
            case 6:
                message = session.Compare(x, y, length);
                twin.Compare(job, x, y, length);
                break;
            case 7:
                message = session.Crc(x, length);
                twin.Crc(job, x, length);
                break;
            case 8:
                List(env, who, step, size);
                message = session.CopyList(ListAt + (64 * (job % 16)), 4);
                twin.CopyList(ListAt + (64 * (job % 16)), 4);
                break;
            case 9:
                Intercept(env, who, step, region);
                return;
            case 10 when twin.HasRegion(region):
                message = session.DirtyRead(region, 64 * (step.Y % 100), (step.Length & 1) != 0, 64, offset & ~7);
                twin.DirtyRead(region, 64 * (step.Y % 100), (step.Length & 1) != 0, 64, offset & ~7);
                break;
            case 11 when twin.HasRegion(region):
                message = session.DirtyClear(region, 64 * (step.Y % 100), 64);
                twin.DirtyClear(region, 64 * (step.Y % 100), 64);
                break;
        }

        if (message is not null)
        {
            _numbers[who]++;
            client.Ask(env, message);
        }
    }

    /// <summary>Writes a list to where no job's data are; each of the last sixteen jobs has its own place.</summary>
    private void List(Env env, int who, EngineStep step, int size)
    {
        int at = ListAt + (64 * ((_numbers[who] + 1) % 16));
        var list = new byte[64];
        for (int entry = 0; entry < 4; entry++)
        {
            int length = 1 + (step.Length % 3000);
            int source = (step.X + (entry * step.Y)) % (size - length);
            int destination = (step.Y + (entry * 5000)) % (size - length);
            destination = destination > source && destination < source + length ? source : destination;
            BinaryPrimitives.WriteInt32LittleEndian(list.AsSpan(16 * entry), source);
            BinaryPrimitives.WriteInt32LittleEndian(list.AsSpan((16 * entry) + 4), destination);
            BinaryPrimitives.WriteInt32LittleEndian(list.AsSpan((16 * entry) + 8), length);
        }

        list.CopyTo(Twins[who].Buffer, at);
        env.Memory.Write(Client(who).Buffer + at, list, 0, list.Length);
    }

    /// <summary>Region 0 mirrors pages 0 to 3 or less to page 8 on, region 1 pages 4 to 7 or less to page 12 on; or ends.</summary>
    private void Intercept(Env env, int who, EngineStep step, int region)
    {
        int pages = step.Y % 5;
        int granularity = pages is 2 or 4 ? 8 + (step.Length % 6) : 8 + (step.Length % 5);
        int primary = 4 * region * Page;
        Client(who).Ask(env, new CopyEngineSession(env, Client(who).Session)
            .Intercept(region, primary, primary + (8 * Page), pages * Page, granularity));
        Twins[who].Intercept(region, primary, primary + (8 * Page), pages * Page, granularity);
    }
}
