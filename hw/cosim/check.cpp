// The library's own check: the same frames through three cores that must not differ, one that leaves idle clocks out, one that simulates them
// all and one behind the SPI slave's pins. After every frame replies and clocks are equal, at the end memories and dirty maps. Then the speed.
#include "../sim/frames.h"
#include "tern_fpga.h"
#include <algorithm>
#include <cstring>
#include <ctime>

static constexpr uint32_t Size = 1 << 16;

struct Core
{
    explicit Core(int pins, int skip) : fpga(tern_fpga_create(Size, 24, 8, 0, 1, pins)) { tern_fpga_skip_idle_clocks(fpga, skip); }
    ~Core() { tern_fpga_destroy(fpga); }

    std::vector<uint8_t> exchange(const std::vector<uint8_t> &wire, int pace)
    {
        std::vector<uint8_t> in(wire.size());
        tern_fpga_exchange(fpga, wire.data(), in.data(), int(wire.size()), pace);
        return in;
    }

    tern_fpga *fpga;
};

class Check
{
public:
    explicit Check(uint64_t seed) : _random(seed), _quick(0, 1), _slow(0, 0), _pins(1, 1) {}

    Report report;

    void rounds(int count)
    {
        send(frame(TERN_CMD_IDENTIFY, 0));
        for (int i = 0; i < count && report.failures == 0; i++)
            round();
        compare(_slow, "all clocks"), compare(_pins, "pins");
    }

private:
    void round()
    {
        _pace = _random.between(80000, 700000);
        std::vector<uint8_t> payload(_random.percent(40) ? 16 * _random.between(1, 20) : 0);
        for (size_t i = 0; i < payload.size(); i++)
            payload[i] = uint8_t(_random.next() & (i % 4 >= 2 ? 0 : i % 4 == 1 ? 0x7F : 0xFF));
        static const int codes[] = {TERN_CMD_IDENTIFY, TERN_CMD_STATUS, TERN_CMD_ABORT, TERN_CMD_INTERRUPT_ENABLE, TERN_CMD_INTERRUPT_ACKNOWLEDGE, TERN_CMD_WRITE,
            TERN_CMD_READ, TERN_CMD_FILL, TERN_CMD_COPY, TERN_CMD_COMPARE, TERN_CMD_CRC, TERN_CMD_COPY_LIST, TERN_CMD_DIRTY_READ, TERN_CMD_DIRTY_CLEAR,
            TERN_CMD_INTERCEPT_REGION, 0x7E};
        int code = codes[_random.between(0, 15)];
        uint32_t a0 = _random.between(0, Size / 2), a1 = _random.between(0, Size / 2), a2 = _random.between(1, 700);
        if (code == TERN_CMD_DIRTY_READ || code == TERN_CMD_DIRTY_CLEAR)
            a0 &= 0x7FC0, a2 &= 0x38;
        if (code == TERN_CMD_INTERCEPT_REGION)
            a0 = (a0 & 0x7000) | (a0 & 3), a1 = 0x8000 | (a1 & 0x7000), a2 = 0x2000 | _random.between(8, 17);
        std::vector<uint8_t> wire = frame(code, ++_sequence & 0xFF, a0, a1, a2, payload);
        if (_random.percent(10))
            wire[_random.between(0, wire.size() - 1)] ^= 1 << _random.between(0, 7);
        if (_random.percent(5))
            wire.resize(_random.between(1, wire.size()));
        send(wire, _random.percent(80));
        std::vector<uint8_t> poll = frame(TERN_CMD_POLL, 0);
        poll.resize(_random.between(16, 800));
        send(poll);
        if (_random.percent(1))
            for (Core *core : {&_quick, &_slow, &_pins})
                tern_fpga_reset(core->fpga);
    }

    /// Lets what is under way end.
    void idle()
    {
        int64_t first = tern_fpga_run(_quick.fpga, 1000000), second = tern_fpga_run(_slow.fpga, 1000000);
        tern_fpga_run(_pins.fpga, 1000000);
        if (first != second || first == 1000000)
            report.fail("a job takes %lld clocks, or %lld with all idle ones", (long long)first, (long long)second);
    }

    void send(const std::vector<uint8_t> &wire, bool wait = true)
    {
        bool waited = _waited;
        _waited = wait;
        std::vector<uint8_t> quick = _quick.exchange(wire, _pace), slow = _slow.exchange(wire, _pace), pins = _pins.exchange(wire, _pace);
        if (quick != slow || tern_fpga_clocks(_quick.fpga) != tern_fpga_clocks(_slow.fpga))
            report.fail("idle clocks left out make a difference");
        // The pins' core is some clocks behind, so they are compared when nothing was under way.
        if (waited && quick != pins)
        {
            size_t at = std::mismatch(quick.begin(), quick.end(), pins.begin()).first - quick.begin();
            report.fail("byte %zu of %zu is %02x on the pins, expected %02x", at, quick.size(), pins[at], quick[at]);
        }
        if (wait)
            idle();
    }

    void compare(const Core &other, const char *what)
    {
        std::vector<uint8_t> map(4096), expected(4096);
        tern_fpga_dirty_map(_quick.fpga, expected.data()), tern_fpga_dirty_map(other.fpga, map.data());
        if (memcmp(tern_fpga_memory(_quick.fpga), tern_fpga_memory(other.fpga), Size) != 0 || map != expected)
            report.fail("memory or dirty map differ: %s", what);
        if (tern_fpga_fault(other.fpga) || tern_fpga_fault(_quick.fpga))
            report.fail("%s: %s", what, tern_fpga_fault(other.fpga) ? tern_fpga_fault(other.fpga) : tern_fpga_fault(_quick.fpga));
    }

    Random _random;
    Core _quick, _slow, _pins;
    int _sequence = 0, _pace = 80000;
    bool _waited = true;
};

/// Clocks in a second of a processor's time, with a copy under way and with frames on the wire.
static void speed()
{
    auto since = [](clock_t start) { return double(clock() - start) / CLOCKS_PER_SEC; };
    Core core(0, 1);
    core.exchange(frame(TERN_CMD_IDENTIFY, 0), 80000);
    int64_t clocks = 0;
    clock_t start = clock();
    for (int i = 0; i < 200; i++)
    {
        core.exchange(frame(TERN_CMD_COPY, i + 1, 0, Size / 2 + 3, Size / 2 - 3), 80000);
        clocks += tern_fpga_run(core.fpga, 1000000);
    }
    printf("copies: %.1f million clocks a second; ", clocks / since(start) / 1e6);
    int64_t before = tern_fpga_clocks(core.fpga);
    start = clock();
    for (int i = 0; i < 20; i++)
        core.exchange(frame(TERN_CMD_WRITE, i, 0, 0, 0, std::vector<uint8_t>(4096)), 307692);
    printf("frames at 26 MHz: %.1f million\n", (tern_fpga_clocks(core.fpga) - before) / since(start) / 1e6);
}

int main(int argc, char **argv)
{
    if (tern_fpga_interface() != TERN_FPGA_INTERFACE || tern_fpga_create(5000, 0, 0, 0, 1, 0) != nullptr)
    {
        printf("not this header's library\n");
        return 1;
    }
    Check check(uint64_t(option(argc, argv, "seed", 1)));
    check.rounds(int(option(argc, argv, "rounds", 400)));
    speed();
    return check.report.end("native library");
}
