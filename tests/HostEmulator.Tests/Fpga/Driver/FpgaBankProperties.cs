// Banks and jobs of two clients, with far fewer frames than pages: what is read through a bank is what the jobs that were taken have left, and
// what jobs read is what was written through a bank before.
using FsCheck;
using FsCheck.Fluent;
using Tern.Os.Tests;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class FpgaBankProperties
{
    private static readonly int[] Sizes = [128 * 1024, 64 * 1024];

    private static Gen<EngineStep> Steps =>
        from kind in Gen.Choose(0, EngineStory.PlainKinds - 1)
        from x in Gen.Choose(0, 1 << 20)
        from y in Gen.Choose(0, 1 << 20)
        from length in Gen.Frequency((3, Gen.Choose(0, 300)), (2, Gen.Choose(0, 1 << 20)))
        select new EngineStep(0, kind, x, y, length);

    private static Gen<Touch> Touches =>
        from writes in Gen.Elements(true, false)
        from at in Gen.Choose(0, 1 << 20)
        from length in Gen.Choose(1, 9000)
        select new Touch(writes, at, length);

    private static Gen<Round[]> Stories => Gen.ArrayOf(
        from client in Gen.Choose(0, 1)
        from steps in Gen.ArrayOf(Steps, 5)
        from touches in Gen.ArrayOf(Touches, 4)
        select new Round(client, steps, touches), 8);

    [TestMethod]
    public void BanksAndJobsSeeTheSameBytes() => Property.Holds(Stories, rounds =>
    {
        using var story = new EngineStory(new FpgaModel(EngineStory.MemorySize), 5);
        int[] banks = [Bank(story, 0), Bank(story, 1)];
        int[] addresses = [Attach(story, 0, banks[0]), Attach(story, 1, banks[1])];
        foreach (Round round in rounds)
        {
            story.Submit(round.Client, round.Steps);
            story.Bench.Do(story.Client(round.Client), env =>
            {
                foreach (Touch touch in round.Touches)
                {
                    Do(env.Memory, addresses[round.Client], story.Twins[round.Client].Memory, touch);
                }
            });
            story.Finish();
        }

        for (int who = 0; who < 2; who++)
        {
            int bank = banks[who];
            Tern.Tests.Expect.Ok(story.Bench.Ask(story.Client(who), session => session.FreeBank(bank)));
        }

        story.Compare();
    }, 20);

    private static void Do(Tern.Kernel.Memory memory, int address, byte[] expected, Touch touch)
    {
        int at = touch.At % (expected.Length - touch.Length);
        if (touch.Writes)
        {
            new Random(touch.At).NextBytes(expected.AsSpan(at, touch.Length));
            memory.Write(address + at, expected, at, touch.Length);
        }
        else
        {
            var seen = new byte[touch.Length];
            memory.Read(address + at, seen, 0, seen.Length);
            Assert.AreEqual(touch.Length, expected.AsSpan(at, touch.Length).CommonPrefixLength(seen), $"at {at} of {touch}");
        }
    }

    private static int Bank(EngineStory story, int who)
    {
        EngineClient client = story.Client(who);
        Tern.Tests.Expect.Ok(story.Bench.Ask(client, session => session.Bank(0, Sizes[who])));
        return client.Capability;
    }

    private static int Attach(EngineStory story, int who, int bank)
    {
        int address = 0;
        story.Bench.Do(story.Client(who), env => address = env.Attach(bank));
        return address;
    }

    private sealed record Touch(bool Writes, int At, int Length);

    private sealed record Round(int Client, EngineStep[] Steps, Touch[] Touches);
}
