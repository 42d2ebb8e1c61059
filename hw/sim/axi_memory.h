// A memory behind an AXI4 port, as hostile as the protocol allows: latency and back-pressure at random, errors on request, addresses taken only
// when there are data, reads that wait for open writes. It watches the rules that the master must keep: VALID and what it carries stay until
// READY, at most 16 beats, no burst across 4 KB, WLAST on the last beat only. A master that waits for what it must not wait for hangs.
#pragma once
#include "bench.h"
#include <algorithm>
#include <cstring>
#include <deque>

/// The bytes; ports share one.
struct Bytes
{
    explicit Bytes(size_t size) : at(size) {}
    std::vector<uint8_t> at;
    uint32_t bad_low = 1, bad_high = 0;         // accesses to [low, high] are answered with an error

    bool bad(uint32_t address) const { return address >= at.size() || (address >= bad_low && address <= bad_high); }
};

/// What a slave wants to see of a write's data before it takes the address. AXI4 leaves that to it.
enum class AddressAfter { Nothing, FirstBeatOffered, LastBeatTaken };

/// How long a slave keeps reads waiting for a write: from when it sees anything of it.
enum class ReadsWait { Never, ForLastBeat, ForAnswer };

/// How a port behaves: clocks of latency from a range, chances in percent that a ready or valid is given in a clock.
struct Manners
{
    int read_latency_low = 0, read_latency_high = 0;
    int write_latency_low = 0, write_latency_high = 0;
    int ar = 100, r = 100, aw = 100, w = 100, b = 100;
    AddressAfter address = AddressAfter::Nothing;
    ReadsWait reads = ReadsWait::Never;

    static Manners random(Random &random)
    {
        Manners manners;
        const int chances[] = {100, 100, 90, 50, 15};
        auto chance = [&] { return chances[random.between(0, 4)]; };
        const int read_latencies[] = {0, 1, 7, 32, 64, 128, 300}, write_latencies[] = {0, 1, 7, 32, 500};
        manners.read_latency_low = read_latencies[random.between(0, 6)];
        manners.read_latency_high = std::min(300u, manners.read_latency_low + (random.percent(50) ? 0 : random.between(0, 40)));
        manners.write_latency_low = write_latencies[random.between(0, 4)];
        manners.write_latency_high = manners.write_latency_low + random.between(0, 20);
        manners.address = AddressAfter(random.percent(60) ? 0 : random.between(1, 2));
        manners.reads = ReadsWait(random.percent(60) ? 0 : random.between(1, 2));
        manners.ar = chance(), manners.r = chance(), manners.aw = chance(), manners.w = chance(), manners.b = chance();
        return manners;
    }
};

/// One port. `set` before the clock's edge, `settle` when the master's outputs are there, `sample` as the edge comes.
template <class Data = uint64_t> class AxiPort
{
public:
    struct Address { uint32_t address; unsigned length, size, burst; };

    AxiPort(Bytes &bytes, Report &report, uint64_t seed) : _bytes(bytes), _report(report), _random(seed) {}

    Manners manners;
    int max_beats = 16;
    uint64_t clock = 0, write_beats = 0, read_beats = 0, write_bursts = 0;
    std::deque<Address> written;                // every write burst, for who wants to know; cleared by them

    // Inputs of the master, chosen for this clock.
    bool arready = false, awready = false, wready = false, rvalid = false, bvalid = false, rlast = false;
    uint64_t rdata = 0;
    unsigned rresp = 0, bresp = 0, rid = 0;

    void choose()
    {
        bool reads_wait = manners.reads != ReadsWait::Never && writing(manners.reads == ReadsWait::ForAnswer);
        arready = _random.percent(manners.ar) && _beats.size() < 2048 && !reads_wait;
        awready = _random.percent(manners.aw) && _writes.size() < 64 && takes_address();
        wready = _random.percent(manners.w) && (!_writes.empty() || (manners.address == AddressAfter::LastBeatTaken && !whole_burst_ahead()));
        if (!rvalid && !reads_wait && !_beats.empty() && clock >= _beats.front().when && _random.percent(manners.r))
        {
            const Beat &beat = _beats.front();
            rvalid = true;
            rlast = beat.last;
            rid = beat.id;
            rresp = _bytes.bad(beat.address) ? 2 : 0;
            rdata = 0xDEADDEADDEADDEADull;
            if (!rresp)
                memcpy(&rdata, &_bytes.at[beat.address & ~7u], 8);
        }
        if (!bvalid && !_answers.empty() && clock >= _answers.front().when && _random.percent(manners.b))
        {
            bvalid = true;
            bresp = _answers.front().error ? 2 : 0;
        }
    }

    void read_channels(bool arvalid, uint32_t araddr, unsigned arlen, bool rready, unsigned arsize = 3, unsigned arid = 0)
    {
        stable(_ar, arvalid, araddr, arlen, "AR");
        _ar.ready = arready;
        if (arvalid && arready)
        {
            check_burst("read", araddr, arlen, arsize, 1);
            int latency = _random.between(manners.read_latency_low, manners.read_latency_high);
            for (unsigned i = 0; i <= arlen; i++)
                _beats.push_back({i == 0 ? araddr : (araddr & ~((1u << arsize) - 1)) + (i << arsize), clock + 1 + latency, i == arlen, arid});
        }
        if (rvalid && rready)
        {
            rvalid = false;
            read_beats++;
            _beats.pop_front();
        }
    }

    void write_channels(bool awvalid, uint32_t awaddr, unsigned awlen, bool wvalid, Data wdata, unsigned wstrb, bool wlast, bool bready,
        unsigned awsize = 3, unsigned awburst = 1)
    {
        stable(_aw, awvalid, awaddr, awlen | awsize << 8 | awburst << 12, "AW");
        _aw.ready = awready;
        stable(_w, wvalid, wdata, wstrb | unsigned(wlast) << 8, "W");
        _w.ready = wready;
        if (wvalid && wready)
            _ahead.push_back({wdata, wstrb, wlast});
        if (awvalid && awready)
        {
            check_burst("write", awaddr, awlen, awsize, awburst);
            _writes.push_back({{awaddr, awlen, awsize, awburst}, 0, false});
            written.push_back({awaddr, awlen, awsize, awburst});
            write_bursts++;
        }
        for (; !_writes.empty() && !_ahead.empty(); _ahead.pop_front())
            write(_ahead.front());
        if (bvalid && bready)
        {
            bvalid = false;
            _answers.pop_front();
        }
    }

    /// The master's reset is the bus's too: what is under way is gone.
    void reset()
    {
        _beats.clear(), _writes.clear(), _ahead.clear(), _answers.clear();
        rvalid = bvalid = false;
        _ar = _aw = _w = Held();
    }

    bool quiet() const { return _beats.empty() && _writes.empty() && _ahead.empty() && _answers.empty() && !rvalid && !bvalid; }

    static uint32_t beat_address(const Address &burst, unsigned beat)
    {
        uint32_t bytes = 1u << burst.size, total = bytes * (burst.length + 1), aligned = burst.address & ~(bytes - 1);
        if (burst.burst == 0 || beat == 0)
            return burst.address;
        uint32_t address = aligned + beat * bytes;
        if (burst.burst == 2)
        {
            uint32_t low = burst.address & ~(total - 1);
            address = low + (address - low) % total;
        }
        return address;
    }

private:
    struct Beat { uint32_t address; uint64_t when; bool last; unsigned id; };
    struct Answer { uint64_t when; bool error; };
    struct Write { Address burst; unsigned beat; bool error; };
    struct AheadBeat { Data data; unsigned strobes; bool last; };
    struct Held { bool valid = false, ready = false; uint64_t a = 0, b = 0; };

    static bool offered(const Held &held) { return held.valid && !held.ready; }

    /// Whether a write was begun, were it only that its address or a beat is offered, and not ended.
    bool writing(bool until_answered) const
    {
        return !_writes.empty() || !_ahead.empty() || offered(_aw) || offered(_w) || (until_answered && !_answers.empty());
    }

    bool whole_burst_ahead() const { return !_ahead.empty() && _ahead.back().last; }

    bool takes_address() const
    {
        switch (manners.address)
        {
        case AddressAfter::FirstBeatOffered: return _writes.empty() && (offered(_w) || !_ahead.empty());
        case AddressAfter::LastBeatTaken: return whole_burst_ahead();
        default: return true;
        }
    }

    /// A beat whose burst's address is there too.
    void write(const AheadBeat &beat)
    {
        Write &open = _writes.front();
        uint32_t address = beat_address(open.burst, open.beat);
        bool error = _bytes.bad(address);
        open.error |= error;
        for (int lane = 0; lane < 8 && !error; lane++)
            if (beat.strobes >> lane & 1)
                _bytes.at[(address & ~7u) + lane] = uint8_t(beat.data >> 8 * lane);
        write_beats++;
        if (beat.last != (open.beat == open.burst.length))
            _report.fail("WLAST on beat %u of %u", open.beat, open.burst.length);
        if (open.beat++ == open.burst.length)
        {
            _answers.push_back({clock + 1 + _random.between(manners.write_latency_low, manners.write_latency_high), open.error});
            _writes.pop_front();
        }
    }

    void stable(Held &held, bool valid, uint64_t a, uint64_t b, const char *channel)
    {
        if (held.valid && !held.ready && (!valid || held.a != a || held.b != b))
            _report.fail("%s changed before it was taken", channel);
        held = {valid, false, a, b};
    }

    void check_burst(const char *what, uint32_t address, unsigned length, unsigned size, unsigned burst)
    {
        uint32_t bytes = 1u << size, last = (address & ~(bytes - 1)) + length * bytes;
        if (int(length) >= max_beats)
            _report.fail("%s of %u beats", what, length + 1);
        if (burst == 1 && address >> 12 != (last + bytes - 1) >> 12)
            _report.fail("%s at %08x of %u beats crosses 4 KB", what, address, length + 1);
    }

    Bytes &_bytes;
    Report &_report;
    Random _random;
    Held _ar, _aw, _w;
    std::deque<Beat> _beats;
    std::deque<Write> _writes;
    std::deque<AheadBeat> _ahead;                   // beats whose address was not taken yet
    std::deque<Answer> _answers;
};
