// A core with its clock and its memory: what the byte port's machine and the pins' have in common.
//
// Invariant: a clock is left out only when it could change nothing. The core has no counter that runs by itself, so when nothing is under way
// and no input has changed for longer than its longest path of registers, every further clock finds the same state; the library's check
// runs the same frames with and without leaving clocks out.
#pragma once
#include "memory_port.h"
#include "verilated.h"

/// What the C interface asks of a machine.
class AnyMachine
{
public:
    virtual ~AnyMachine() = default;
    virtual bool busy() const = 0;
    virtual bool interrupt() const = 0;
    virtual void dirty_map(uint8_t *bits) const = 0;
    virtual void reset() = 0;
    virtual void exchange(const uint8_t *mosi, uint8_t *miso, int count, int picoseconds_per_byte) = 0;
    virtual int64_t run(int64_t most) = 0;
    virtual const char *fault() const = 0;

    int64_t clocks = 0;
    bool skips = true;
};

/// `Parts` names the Verilated class and finds its internals.
template <class Parts> class Machine : public AnyMachine
{
public:
    static constexpr int Period = 10000;        // the clock's, in picoseconds: 100 MHz
    static constexpr int Pause = 8;             // clocks for which CS is high between frames
    static constexpr int ResetClocks = 16;

    Machine(Memory &memory, const Timing &timing, uint64_t seed)
        : _main(memory, timing, 2 * seed), _copy(memory, timing, 2 * seed + 1)
    {
        top.clk = 0;
    }

    ~Machine() override
    {
        top.final();
        Verilated::threadContextp(&_context);   // where Verilator 5.006 looks for the scopes that it then erases
    }

    bool busy() const override { return under_way() || _unchanged < Parts::Settles; }
    bool interrupt() const override { return top.irq; }
    const char *fault() const override { return _main.fault ? _main.fault : _copy.fault; }

    void dirty_map(uint8_t *bits) const override
    {
        const auto &map = Parts::map(top);
        for (int i = 0; i < 32768 / 8; i++)
        {
            bits[i] = 0;
            for (int bit = 0; bit < 8; bit++)
                bits[i] |= uint8_t(map[8 * i + bit] << bit);
        }
    }

    void reset() override
    {
        Parts::deselect(top);
        top.reset = 1;
        for (int i = 0; i < ResetClocks; i++)
        {
            _main.clear(), _copy.clear();       // the memory's side of the bus is reset too
            tick();
        }
        _main.clear(), _copy.clear();
        top.reset = 0;
        changed();
        for (int i = 0; i < Parts::Settles; i++)
            tick();
    }

    int64_t run(int64_t most) override
    {
        int64_t passed = 0;
        for (; passed < most && busy(); passed++)
            tick();
        return passed;
    }

protected:
    struct Context : VerilatedContext
    {
        Context() { threads(1); }               // else it keeps a thread for each processor
    } _context;

public:
    typename Parts::Top top{&_context};

protected:
    /// An input has another value from the next edge on.
    void changed() { _unchanged = 0; }

    void pass(int64_t count)
    {
        for (; count > 0; count--)
        {
            if (skips && _unchanged > Settled && !under_way())
            {
                clocks += count;
                return;
            }
            tick();
        }
    }

    void tick()
    {
        before_edge();
        top.clk = 0;
        top.eval();
        after_settling();
        top.clk = 1;
        top.eval();
        after_edge();
    }

    void before_edge()
    {
        _main.choose(clocks), _copy.choose(clocks);
        top.m_arready = _main.arready, top.m_rvalid = _main.rvalid, top.m_rdata = _main.rdata, top.m_rresp = _main.rresp, top.m_rlast = _main.rlast;
        top.m_awready = _main.awready, top.m_wready = _main.wready, top.m_bvalid = _main.bvalid, top.m_bresp = _main.bresp;
        top.r_awready = _copy.awready, top.r_wready = _copy.wready, top.r_bvalid = _copy.bvalid, top.r_bresp = _copy.bresp;
    }

    void after_settling()
    {
        _main.reads(clocks, top.m_arvalid, top.m_araddr, top.m_arlen, top.m_rready);
        _main.writes(clocks, top.m_awvalid, top.m_awaddr, top.m_awlen, top.m_wvalid, top.m_wdata, top.m_wstrb, top.m_wlast, top.m_bready);
        _copy.writes(clocks, top.r_awvalid, top.r_awaddr, top.r_awlen, top.r_wvalid, top.r_wdata, top.r_wstrb, top.r_wlast, top.r_bready);
    }

    void after_edge()
    {
        clocks++;
        _unchanged = under_way() ? 0 : _unchanged + 1;
    }

    /// How many clocks a byte takes: the fraction that is left over is the next one's.
    int64_t clocks_of(int picoseconds)
    {
        int64_t time = _fraction + picoseconds;
        _fraction = time % Period;
        return time / Period;
    }

    bool under_way() const { return Parts::under_way(top) || !_main.quiet() || !_copy.quiet(); }

private:
    static constexpr int Settled = 12;          // clocks after which no change of an input is still on its way

    MemoryPort _main, _copy;
    int64_t _fraction = 0;
    int _unchanged = 0;
};
