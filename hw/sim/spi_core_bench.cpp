// The core behind its SPI pins, bit by bit. SCK is a clock of its own: its period and phase are chosen at random within the slave's limits, so
// the crossings between the clocks are met in every position. Writes, reads, copies, bits flipped in both directions, cuts at any bit, and the
// selection's pauses as short as is allowed. `--figures` measures the payload's share of the clock rate instead.
#include "Vtern_spi_core.h"
#include "axi_memory.h"
#include "frames.h"
#include "verilated.h"
#include "verilated_cov.h"
#include <algorithm>

#ifndef FAST
#error "-CFLAGS -DFAST=0 or 1, as the model was made"
#endif

class Bench
{
public:
    static constexpr uint32_t Size = 1 << 16;
    static constexpr int Period = 10000;            // the clock's, in picoseconds

    explicit Bench(uint64_t seed) : random(seed), bytes(Size), port(bytes, report, seed + 1), copy_port(bytes, report, seed + 2)
    {
        top.cs_n = 1;
        top.reset = 1;
        pass(8 * Period);
        top.reset = 0;
        pass(8 * Period);
    }

    ~Bench() { top.final(); }

    Report report;
    Random random;
    Bytes bytes;
    AxiPort<> port, copy_port;
    Vtern_spi_core top;
    uint64_t now = 0, next_edge = Period / 2, bits = 0;
    int sck_period = 80000;
    int sequence = 0;
    size_t held = 0;                                // payload of the reply that the core holds

    /// Lets time pass; the clock's edges fall where they fall.
    void pass(int64_t picoseconds)
    {
        uint64_t end = now + picoseconds;
        while (next_edge <= end)
        {
            now = next_edge;
            next_edge += Period / 2;
            if (top.clk)
            {
                top.clk = 0;
                top.eval();
                continue;
            }
            port.choose(), copy_port.choose();
            top.m_arready = port.arready, top.m_rvalid = port.rvalid, top.m_rdata = port.rdata, top.m_rresp = port.rresp, top.m_rlast = port.rlast;
            top.m_awready = port.awready, top.m_wready = port.wready, top.m_bvalid = port.bvalid, top.m_bresp = port.bresp;
            top.r_awready = copy_port.awready, top.r_wready = copy_port.wready, top.r_bvalid = copy_port.bvalid, top.r_bresp = copy_port.bresp;
            top.eval();
            port.read_channels(top.m_arvalid, top.m_araddr, top.m_arlen, top.m_rready, top.m_arsize);
            port.write_channels(top.m_awvalid, top.m_awaddr, top.m_awlen, top.m_wvalid, top.m_wdata, top.m_wstrb, top.m_wlast, top.m_bready);
            copy_port.write_channels(top.r_awvalid, top.r_awaddr, top.r_awlen, top.r_wvalid, top.r_wdata, top.r_wstrb, top.r_wlast, top.r_bready);
            top.clk = 1;
            top.eval();
            port.clock++, copy_port.clock++;
        }
        now = end;
    }

    /// One selection of so many bits. A negative flip flips nothing.
    std::vector<uint8_t> select(const std::vector<uint8_t> &out, int64_t count, int64_t flip_out = -1, int64_t flip_in = -1)
    {
        std::vector<uint8_t> in(out.size());
        top.cs_n = 0;
        top.eval();
        pass(sck_period / 2);
        for (int64_t bit = 0; bit < count; bit++)
        {
            bool value = out[bit / 8] >> (7 - bit % 8) & 1;
            top.mosi = value ^ (bit == flip_out);
            top.eval();
            pass(sck_period / 2);
            in[bit / 8] |= uint8_t((top.miso ^ (bit == flip_in)) << (7 - bit % 8));     // the master samples as SCK rises
            top.sck = 1;
            top.eval();
            pass(sck_period - sck_period / 2);
            top.sck = 0;
            top.eval();
            bits++;
        }
        pass(sck_period / 2);
        top.cs_n = 1;
        top.eval();
        pass(gap());
        return in;
    }

    /// Between two selections the chip select is high for at least eight clocks.
    int64_t gap() { return random.between(8 * Period, 20 * Period); }

    Reply transfer(const std::vector<uint8_t> &out, size_t room, int64_t flip_out = -1, int64_t flip_in = -1)
    {
        std::vector<uint8_t> wire = out;
        wire.resize(std::max(out.size(), 20 + room));
        return Reply(select(wire, wire.size() * 8, flip_out, flip_in));
    }

    /// A command over a line with noise in both directions, until its reply came whole.
    Reply command(int code, uint32_t a0 = 0, uint32_t a1 = 0, uint32_t a2 = 0, const std::vector<uint8_t> &payload = {}, size_t room = 0)
    {
        sequence = (sequence + 1) & 0xFF;
        std::vector<uint8_t> wire = frame(code, sequence, a0, a1, a2, payload), poll = frame(TERN_CMD_POLL, 0);
        for (int tries = 0; tries < 3000; tries++)
        {
            if (random.percent(10))
                select(wire, random.between(0, wire.size() * 8 - 1));                   // cut off at any bit
            else
                transfer(wire, 0, random.percent(15) ? random.between(0, wire.size() * 8 - 1) : -1);
            Reply reply(std::vector<uint8_t>{});
            do
            {
                bool noise = random.percent(15);
                size_t most = std::max(room, held);
                reply = transfer(poll, most, -1, noise ? random.between(0, (20 + most) * 8 - 1) : -1);
                if (!noise && !reply.whole)
                    report.fail("a reply is not whole");
                if (noise && reply.whole && reply.payload.size() == most)
                    report.fail("a flipped bit in a reply is not seen");
            } while ((!reply.whole || (reply.sequence == sequence && reply.status == TERN_STATUS_PENDING)) && ++tries < 3000 && report.failures == 0);
            if (reply.sequence == sequence || report.failures > 0)
            {
                held = reply.payload.size();
                return reply;
            }
        }
        report.fail("command %02x is not answered", code);
        return Reply(std::vector<uint8_t>{});
    }

    void random_round()
    {
        // Any rate that the slave allows, not a divisor of the clock.
        int shortest = FAST ? Period : 8 * Period;
        sck_period = random.percent(40) ? shortest + random.between(0, 400) : random.between(shortest, (FAST ? 12 : 2) * shortest);
        port.manners = Manners::random(random);
        uint32_t length = random.percent(80) ? random.between(1, 100) : random.between(1, 4096);
        uint32_t at = random.between(0, Size / 2 - length), to = Size / 2 + random.between(0, Size / 2 - length);
        std::vector<uint8_t> payload(length);
        for (uint8_t &byte : payload)
            byte = uint8_t(random.next());
        command(TERN_CMD_WRITE, 0, at, 0, payload);
        Reply reply = command(TERN_CMD_COPY, at, to, length);
        if (reply.status != TERN_STATUS_OK)
            report.fail("copy: status %02x", reply.status);
        reply = command(TERN_CMD_READ, to, 0, length, {}, length);
        if (reply.payload != payload)
            report.fail("what was written, copied and read is not the same (%u bytes at SCK %d ps)", length, sck_period);
        reply = command(TERN_CMD_IDENTIFY, 0, 0, 0, {}, 16);
        if (reply.length != 16)
            report.fail("identify: %d bytes", reply.length);
    }
};

/// Full-size frames one after the other, each carrying the reply of the one before: how much of the wire is payload.
static int figures(Bench &bench)
{
    bench.sck_period = FAST ? 12500 : 80000;
    bench.command(TERN_CMD_IDENTIFY, 0, 0, 0, {}, 16);
    std::vector<uint8_t> payload(4096);
    uint64_t bits = bench.bits;
    const int count = 8;
    for (int i = 0; i < count; i++)
    {
        for (uint8_t &byte : payload)
            byte = uint8_t(bench.random.next());
        Reply before = bench.transfer(frame(TERN_CMD_WRITE, ++bench.sequence & 0xFF, 0, i * 4096, 0, payload), 0);
        if (!before.whole || (i > 0 && before.sequence != ((bench.sequence - 1) & 0xFF)))
            bench.report.fail("write %d was not taken at once", i);
        bench.pass(25000000);                                   // an ESP32's pause between two transactions
    }
    double write = count * 4096 * 8.0 / double(bench.bits - bits);
    bits = bench.bits;
    for (int i = 0; i <= count; i++)
    {
        Reply reply = bench.transfer(frame(TERN_CMD_READ, ++bench.sequence & 0xFF, i * 4096, 0, 4096), i == 0 ? 0 : 4096);
        if (i > 0 && (!reply.whole || memcmp(reply.payload.data(), &bench.bytes.at[(i - 1) * 4096], 4096) != 0))
            bench.report.fail("read %d did not come at once", i);
        bench.pass(25000000);
    }
    double read = count * 4096 * 8.0 / double(bench.bits - bits);
    printf("SCK at %.1f MHz, clock at 100 MHz, payloads of 4096 bytes: %.2f %% of the written bits are payload, %.2f %% of the read bits\n",
        1e6 / bench.sck_period, 100 * write, 100 * read);
    if (write < 0.95 || read < 0.95)
        bench.report.fail("below 95 %%");
    return bench.report.end("figures of the SPI slave");
}

int main(int argc, char **argv)
{
    Verilated::commandArgs(argc, argv);
    long seed = option(argc, argv, "seed", 1), rounds = option(argc, argv, "rounds", 150);
    Bench bench(seed);
    int status;
    if (option(argc, argv, "figures", 0))
        status = figures(bench);
    else
    {
        bench.command(TERN_CMD_IDENTIFY, 0, 0, 0, {}, 16);
        for (long i = 0; i < rounds && bench.report.failures == 0; i++)
            bench.random_round();
        printf("%ld rounds, %llu bits, seed %ld\n", rounds, (unsigned long long)bench.bits, seed);
        status = bench.report.end(FAST ? "SPI, SCK-clocked" : "SPI, oversampled");
    }
#if VM_COVERAGE
    VerilatedCov::write(("coverage-spi" + std::to_string(FAST) + "-" + std::to_string(seed) + ".dat").c_str());
#endif
    return status;
}
