// A memory behind an AXI4 port, in order and without surprises unless back-pressure is asked for. It keeps an eye on the rules that the master
// must keep: VALID and what it carries stay until READY, at most 16 beats of 8 bytes, no burst across 4 KB, WLAST on the last beat only.
// The benches' memory (../sim/axi_memory.h) is nastier; this one is for long runs.
#pragma once
#include "../sim/bench.h"
#include <cstring>

struct Memory
{
    explicit Memory(size_t size) : bytes(size) {}
    std::vector<uint8_t> bytes;

    bool has(uint32_t address) const { return address < bytes.size(); }
};

struct Timing
{
    int read_latency, write_latency, back_pressure;
};

/// At most so many things in their order.
template <class Thing, unsigned Most> class Queue
{
public:
    bool empty() const { return _first == _end; }
    bool full() const { return _end - _first == Most; }
    Thing &front() { return _things[_first % Most]; }
    void push(const Thing &thing) { _things[_end++ % Most] = thing; }
    void pop() { _first++; }
    void clear() { _first = _end; }

private:
    Thing _things[Most];
    unsigned _first = 0, _end = 0;
};

/// One port. `choose` sets the inputs of the master for this clock; `reads` and `writes` take its outputs as the edge comes.
class MemoryPort
{
public:
    MemoryPort(Memory &memory, const Timing &timing, uint64_t seed) : _memory(memory), _timing(timing), _random(seed) {}

    bool arready = false, awready = false, wready = false, rvalid = false, bvalid = false, rlast = false;
    uint64_t rdata = 0;
    unsigned rresp = 0, bresp = 0;
    const char *fault = nullptr;

    bool quiet() const { return _reads.empty() && _writes.empty() && _answers.empty(); }

    void clear()
    {
        _reads.clear(), _writes.clear(), _answers.clear();
        rvalid = bvalid = false;
        _ar = _aw = _w = Held();
    }

    void choose(int64_t clock)
    {
        arready = !_reads.full() && willing();
        awready = !_writes.full() && willing();
        wready = !_writes.empty() && !_answers.full() && willing();
        if (!rvalid && !_reads.empty() && clock >= _reads.front().when && willing())
        {
            const Burst &burst = _reads.front();
            rvalid = true;
            rlast = burst.beats == 1;
            rresp = _memory.has(burst.address) ? 0 : 2;
            rdata = 0xDEADDEADDEADDEADull;
            if (rresp == 0)
                memcpy(&rdata, &_memory.bytes[burst.address], 8);
        }
        if (!bvalid && !_answers.empty() && clock >= _answers.front().when && willing())
        {
            bvalid = true;
            bresp = _answers.front().error ? 2 : 0;
        }
    }

    void reads(int64_t clock, bool arvalid, uint32_t araddr, unsigned arlen, bool rready)
    {
        stable(_ar, arvalid, arready, araddr, arlen, "AR changed before it was taken");
        if (arvalid && arready)
        {
            check_burst(araddr, arlen);
            _reads.push({araddr & ~7u, arlen + 1, clock + 1 + _timing.read_latency, false});
        }
        if (rvalid && rready)
        {
            rvalid = false;
            _reads.front().address += 8;
            if (--_reads.front().beats == 0)
                _reads.pop();
        }
    }

    void writes(int64_t clock, bool awvalid, uint32_t awaddr, unsigned awlen, bool wvalid, uint64_t wdata, unsigned wstrb, bool wlast, bool bready)
    {
        stable(_aw, awvalid, awready, awaddr, awlen, "AW changed before it was taken");
        stable(_w, wvalid, wready, wdata, wstrb | unsigned(wlast) << 8, "W changed before it was taken");
        if (wvalid && wready)
            beat(clock, wdata, wstrb, wlast);
        if (awvalid && awready)
        {
            check_burst(awaddr, awlen);
            _writes.push({awaddr & ~7u, awlen + 1, 0, false});
        }
        if (bvalid && bready)
        {
            bvalid = false;
            _answers.pop();
        }
    }

private:
    struct Burst { uint32_t address; unsigned beats; int64_t when; bool error; };
    struct Answer { int64_t when; bool error; };
    struct Held { bool waits = false; uint64_t a = 0, b = 0; };

    bool willing() { return _timing.back_pressure == 0 || !_random.percent(_timing.back_pressure); }

    void beat(int64_t clock, uint64_t data, unsigned strobes, bool last)
    {
        Burst &burst = _writes.front();
        bool error = !_memory.has(burst.address);
        burst.error |= error;
        if (!error && strobes == 0xFF)
            memcpy(&_memory.bytes[burst.address], &data, 8);
        else if (!error)
            for (int lane = 0; lane < 8; lane++)
                if (strobes >> lane & 1)
                    _memory.bytes[burst.address + lane] = uint8_t(data >> 8 * lane);
        burst.address += 8;
        burst.beats--;
        if (last != (burst.beats == 0))
            fault = "WLAST is not on the last beat";
        if (burst.beats == 0)
        {
            _answers.push({clock + 1 + _timing.write_latency, burst.error});
            _writes.pop();
        }
    }

    void stable(Held &held, bool valid, bool ready, uint64_t a, uint64_t b, const char *what)
    {
        if (held.waits && (!valid || held.a != a || held.b != b))
            fault = what;
        held = {valid && !ready, a, b};
    }

    void check_burst(uint32_t address, unsigned length)
    {
        if (length >= 16)
            fault = "a burst has more than 16 beats";
        if (address >> 12 != ((address & ~7u) + length * 8) >> 12)
            fault = "a burst crosses 4 KB";
    }

    Memory &_memory;
    const Timing &_timing;
    Random _random;
    Held _ar, _aw, _w;
    Queue<Burst, 64> _reads, _writes;
    Queue<Answer, 64> _answers;
};
