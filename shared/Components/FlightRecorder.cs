// flight_recorder: an event data recorder. A large ring of records, of which each tick writes a few; what they must hold is known
// from their numbers, so it notices what a checkpoint loses, mixes or moves. It is quick: a tick touches what it writes and little else.
// Invariants: lane l of the ring has at slot s the record of the last tick t with t mod slots = s, whose number is t * lanes + l + 1;
// lanes are equally long and lie one behind the other, so a tick changes one page in each as long as lanes are not shorter than pages.
using Tern.Kernel;
using Tern.Os;

namespace Tern.Components;

/// <summary>
/// A ring that verifies itself. Configuration: <c>&lt;config size="256K" period_ms="100" records="4" checks="1"/&gt;</c>, all optional: the
/// ring's bytes; a tick so often; how many records a tick writes, spread evenly over the ring; how many others it verifies, each 4 KB behind
/// the last. Between two checkpoints that are <c>n</c> ticks apart, <c>records</c> pages of the ring change, or as many more as <c>n</c>
/// records of 16 bytes in a row touch. Reports at each tick <c>verified count=N</c>, with the records written so far, or <c>broken at=N</c>,
/// with the offset in the ring or <c>record</c> for its own state. A tick that comes late is one tick: what was not recorded in time never is.
/// </summary>
public sealed class FlightRecorder : Program
{
    private const int Tick = 1;
    private const int DefaultSize = 256 * 1024;
    private const int LeastSize = 4096;
    private const int LargestSize = 1 << 30;
    private const int DefaultPeriodMilliseconds = 100;
    private const int DefaultRecords = 4;
    private const int DefaultChecks = 1;
    private const int MostRecords = LeastSize / FlightRecord.Size;
    private const int LongestPeriodMilliseconds = 60_000;
    private const int Whole = -1;

    // Records from one that is checked to the next: 4 KB.
    private const int Stride = 256;

    /// <inheritdoc/>
    public override void Construct(Env env)
    {
        ReadConfig(env, out int size, out int period, out int records, out int checks);
        int dataspace = new PdSession(env, Selectors.Pd).AllocateDataspace(size, out Error error);
        int ring = error == Error.None ? env.Attach(dataspace) : 0;
        if (ring == 0)
        {
            env.Log("Error: no memory for the records: " + Errors.Name(error == Error.None ? env.LastError : error));
            env.Exit(1);
            return;
        }

        env.Root = env.Allocate(FlightRecorderState.Size);
        var state = new FlightRecorderState(env.Memory, env.Root);
        state.Ring = ring;
        int slots = size / (records * FlightRecord.Size);
        state.Lanes = records;
        state.Slots = slots;
        state.Checks = checks;
        state.Sum = FlightRecorderState.SumOf(ring, records, slots, checks);
        state.Report = env.Connect("Report");
        var timer = new TimerSession(env, env.Connect("Timer"));
        timer.Sigh(env.Signal(Tick));
        timer.TriggerPeriodic(period * 1000L);
    }

    /// <inheritdoc/>
    public override void OnSignal(Env env, int label, int count)
    {
        var state = new FlightRecorderState(env.Memory, env.Root);
        long tick = state.Ticks;
        int ring = state.Ring;
        int lanes = state.Lanes;
        int slots = state.Slots;
        int checks = state.Checks;
        if (state.Sum != FlightRecorderState.SumOf(ring, lanes, slots, checks))
        {
            Tell(env, state, "broken at=record");
            return;
        }

        int broken = Check(env.Memory, ring, lanes, slots, tick, checks);
        int written = Record(env.Memory, ring, lanes, slots, tick);
        broken = written == Whole ? broken : written;
        state.Ticks = tick + 1;
        Tell(env, state, broken == Whole ? "verified count=" + ((tick + 1) * lanes) : "broken at=" + broken);
    }

    private static void Tell(Env env, FlightRecorderState state, string text)
    {
        if (text[0] == 'b')
        {
            env.Log("Error: " + text);
        }

        int report = state.Report;
        if (report != Selectors.Invalid)
        {
            new ReportSession(env, report).Submit(text);
        }
    }

    /// <summary>Writes a tick's records. What they overwrite, and the tick's before them, must be what was written there.</summary>
    /// <returns>The offset of one that is not; <see cref="Whole"/> when all are.</returns>
    private static int Record(Memory memory, int ring, int lanes, int slots, long tick)
    {
        int broken = Whole;
        int slot = (int)(tick % slots);
        int before = slot == 0 ? slots - 1 : slot - 1;
        for (int lane = 0; lane < lanes; lane++)
        {
            int at = (lane * slots) + slot;
            int last = (lane * slots) + before;
            if (!IsWhole(memory, ring, last, tick - 1, lanes, lane))
            {
                broken = last * FlightRecord.Size;
            }
            else if (!IsWhole(memory, ring, at, tick - slots, lanes, lane))
            {
                broken = at * FlightRecord.Size;
            }

            new FlightRecord(memory, ring + (at * FlightRecord.Size)).Write(Number(tick, lanes, lane));
        }

        return broken;
    }

    /// <summary>Verifies some records anywhere in the ring: all of them in turn, those at the beginning of each 4 KB first.</summary>
    private static int Check(Memory memory, int ring, int lanes, int slots, long tick, int checks)
    {
        int all = lanes * slots;
        int stretches = (all + Stride - 1) / Stride;
        int broken = Whole;
        for (int check = 0; check < checks; check++)
        {
            long turn = (tick * checks) + check;
            int at = ((int)(turn % stretches) * Stride) + (int)(turn / stretches % Stride);
            if (at < all && !IsWhole(memory, ring, at, LastWrite(tick, at % slots, slots), lanes, at / slots))
            {
                broken = at * FlightRecord.Size;
            }
        }

        return broken;
    }

    /// <summary>The last tick before this one that wrote a slot; below zero when none has.</summary>
    private static long LastWrite(long tick, int slot, int slots)
        => slot >= tick ? -1 : tick - 1 - ((tick - 1 - slot) % slots);

    /// <summary>Whether a record is the one of a tick; of one below zero: whether it is empty.</summary>
    private static bool IsWhole(Memory memory, int ring, int at, long tick, int lanes, int lane)
    {
        var record = new FlightRecord(memory, ring + (at * FlightRecord.Size));
        return tick < 0 ? record.IsEmpty : record.Is(Number(tick, lanes, lane));
    }

    private static int Number(long tick, int lanes, int lane) => (int)(tick * lanes) + lane + 1;

    private static void ReadConfig(Env env, out int size, out int period, out int records, out int checks)
    {
        XmlNode config = ConfigReader.Open(env, out ConfigReader reader);
        reader.Know(config, "size period_ms records checks", "");
        size = reader.Size(config, "size", LeastSize, LargestSize, DefaultSize);
        period = reader.Number(config, "period_ms", 1, LongestPeriodMilliseconds, DefaultPeriodMilliseconds);
        records = reader.Number(config, "records", 1, MostRecords, DefaultRecords);
        checks = reader.Number(config, "checks", 0, MostRecords, DefaultChecks);
    }
}
