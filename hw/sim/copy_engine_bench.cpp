// The copy engine alone, clock by clock: every kind of job at random alignments, lengths, latencies and back-pressure, with errors and stops in
// the middle, against a reference in C++. `--figures` measures clocks a beat instead.
#include "Vtern_copy_engine.h"
#include "axi_memory.h"
#include "verilated.h"
#include "verilated_cov.h"
#include <algorithm>

enum { FromMemory, FromPattern, FromPayload, FromMap };
enum { ToMemory, ToReply, ToCrc, ToComparison, ToNowhere };
enum { Ok = 0, Mismatch = 3, ReadError = 0x20, WriteError = 0x21, Aborted = 0x22 };

class Bench
{
public:
    static constexpr size_t Size = 1 << 18;

    explicit Bench(uint64_t seed) : random(seed), bytes(Size), port(bytes, report, seed + 1)
    {
        for (uint8_t &byte : bytes.at)
            byte = uint8_t(random.next());
        top.reset = 1;
        tick(), tick();
        top.reset = 0;
    }

    ~Bench() { top.final(); }

    Report report;
    Random random;
    Bytes bytes;
    AxiPort<> port;
    Vtern_copy_engine top;
    std::vector<uint8_t> payload, reply;
    size_t feed = 0;
    uint64_t clock = 0;

    void tick()
    {
        port.choose();
        top.arready = port.arready, top.rvalid = port.rvalid, top.rdata = port.rdata, top.rresp = port.rresp;
        top.awready = port.awready, top.wready = port.wready, top.bvalid = port.bvalid, top.bresp = port.bresp;
        uint64_t word = 0;
        if (feed + 8 <= payload.size())
            memcpy(&word, &payload[feed], 8);
        top.feed_data = word;
        top.map_data = word;
        top.map_valid = top.map_run && map_ready;
        top.clk = 0;
        top.eval();
        port.read_channels(top.arvalid, top.araddr, top.arlen, top.rready);
        port.write_channels(top.awvalid, top.awaddr, top.awlen, top.wvalid, top.wdata, top.wstrb, top.wlast, top.bready);
        bool take = top.feed_take || top.map_take;
        if (top.reply_put)
        {
            if (reply.size() < size_t(top.reply_word + 1) * 8)
                reply.resize((top.reply_word + 1) * 8);
            memcpy(&reply[top.reply_word * 8], &top.reply_data, 8);
        }
        finished = top.done, status = top.status, value = top.value;
        top.clk = 1;
        top.eval();
        if (take)
            feed += 8;
        map_ready = random.percent(60);
        clock++, port.clock++;
    }

    /// Runs one job and returns its clocks, from the one with `start` to the one with `done`. A stop comes after `stop_after` clocks.
    uint64_t run(int from, int to, uint32_t source, uint32_t destination, uint32_t length, int64_t stop_after = -1)
    {
        feed = 0;
        reply.clear();
        top.start = 1, top.what = from | to << 2, top.source = source, top.destination = destination, top.length = length;
        uint64_t begin = clock;
        tick();
        top.start = 0;
        while (!finished)
        {
            top.stop = stop_after >= 0 && clock - begin >= uint64_t(stop_after);
            tick();
            if (clock - begin > 400000)
            {
                report.fail("job %d->%d of %u bytes hangs", from, to, length);
                return 0;
            }
        }
        uint64_t clocks = clock - begin;
        top.stop = 0;
        tick();
        if (!port.quiet())
            report.fail("done, and the bus is not quiet");
        return clocks;
    }

    bool finished = false, map_ready = true;
    int status = 0;
    uint32_t value = 0;
};

/// What a correct engine leaves in memory, and what it says.
struct Expectation
{
    std::vector<uint8_t> memory;
    int status = Ok;
    uint32_t value = 0;
};

static const char *Kinds[] = {"write", "read", "fill", "copy", "compare", "crc", "map read", "map clear"};

static void random_job(Bench &bench)
{
    Random &random = bench.random;
    bench.port.manners = Manners::random(random);
    int kind = random.between(0, 7);
    uint32_t length = random.percent(60) ? random.between(0, 40) : random.percent(80) ? random.between(0, 1200) : random.between(0, 9000);
    uint32_t half = Bench::Size / 2;
    uint32_t source = random.between(0, half - length - 1), destination = half + random.between(0, half - length - 1);
    if (random.percent(30))                                 // close to a page's end
        destination = half + (random.between(1, 20) << 12) - random.between(0, 20);
    if (random.percent(10) && kind == 3 && destination > source)
        std::swap(source, destination);                     // towards lower addresses
    bool apart = true;
    if (random.percent(10) && kind == 3)                    // overlapping, the destination below: still right
        destination = source - std::min(source, random.between(1, 200)), apart = destination == source;

    static const int from[] = {FromPayload, FromMemory, FromPattern, FromMemory, FromMemory, FromMemory, FromMap, FromMap};
    static const int to[] = {ToMemory, ToReply, ToMemory, ToMemory, ToComparison, ToCrc, ToReply, ToNowhere};
    if (kind <= 1 || kind >= 6)
        length = std::min(length, 4096u);
    if (kind >= 6)
        length &= ~7u;
    bench.payload.resize((length + 7) & ~7u);
    for (uint8_t &byte : bench.payload)
        byte = uint8_t(random.next());

    uint32_t pattern = random.next();
    Expectation expected{bench.bytes.at};
    std::vector<uint8_t> &memory = expected.memory;
    std::vector<uint8_t> reply;
    if (kind == 4)
    {
        // Mostly equal, so that the difference that there is is found where it is.
        std::copy_n(memory.begin() + source, length, memory.begin() + destination);
        if (length > 0 && random.percent(60))
        {
            memory[destination + random.between(0, length - 1)] ^= uint8_t(1 << random.between(0, 7));
            if (random.percent(30))
                memory[destination + random.between(0, length - 1)] ^= 0x80;
        }
        bench.bytes.at = memory;
        for (uint32_t i = 0; i < length; i++)
            if (memory[source + i] != memory[destination + i])
            {
                expected.status = Mismatch;
                expected.value = destination + i;
                break;
            }
    }
    for (uint32_t i = 0; i < length; i++)
        switch (kind)
        {
        case 0: memory[destination + i] = bench.payload[i]; break;
        case 1: reply.push_back(memory[source + i]); break;
        case 2: memory[destination + i] = uint8_t(pattern >> 8 * (i % 4)); break;
        case 3: memory[destination + i] = memory[source + i]; break;
        case 6: reply.push_back(bench.payload[i]); break;
        }
    if (kind == 5)
        expected.value = crc32(&memory[source], length);

    // An error in one of five, a stop in another.
    const std::vector<uint8_t> before = bench.bytes.at;
    int trouble = length > 0 ? random.between(0, 4) : 4;
    int64_t stop_after = -1;
    bench.bytes.bad_low = 1, bench.bytes.bad_high = 0;
    if (trouble == 0)
    {
        uint32_t base = random.percent(50) ? source : destination;
        bench.bytes.bad_low = (base + random.between(0, length - 1)) & ~7u;
        bench.bytes.bad_high = bench.bytes.bad_low + (random.percent(50) ? 7 : random.between(7, 300));
    }
    if (trouble == 1)
        stop_after = random.between(0, length / 4 + 200);

    bench.run(from[kind], to[kind], kind == 2 ? pattern : source, destination, length, stop_after);

    auto hit = [&](uint32_t start) {
        return length > 0 && bench.bytes.bad_low <= bench.bytes.bad_high && bench.bytes.bad_low < ((start + length + 7) & ~7u)
            && bench.bytes.bad_high >= (start & ~7u);
    };
    bool reads_source = from[kind] == FromMemory, reads_target = kind == 4, writes = to[kind] == ToMemory;
    bool may_read_error = (reads_source && hit(source)) || (reads_target && hit(destination)), may_write_error = writes && hit(destination);
    bool fine = bench.status == expected.status && (bench.status == Aborted || kind == 6 || bench.value == expected.value);
    if (may_read_error || may_write_error)
    {
        // The first bad word, or for a comparison a difference before it.
        uint32_t low = bench.bytes.bad_low;
        if (bench.status == ReadError)
            fine = may_read_error && bench.value >= low && bench.value <= bench.bytes.bad_high && bench.value % 8 == 0;
        else if (bench.status == WriteError)
            fine = may_write_error && (bench.value & ~63u) <= bench.bytes.bad_high && (bench.value | 63u) >= low;
        else
            fine = kind == 4 && bench.status == Mismatch && bench.value == expected.value;
    }
    if (stop_after >= 0 && bench.status == Aborted)
        fine = true;
    if (!fine)
        bench.report.fail("%s of %u bytes from %x to %x: status %x value %x, expected %x %x", Kinds[kind], length, source, destination,
            bench.status, bench.value, expected.status, expected.value);

    bool whole = bench.status == Ok;
    if (whole && reply != std::vector<uint8_t>(bench.reply.begin(), bench.reply.begin() + std::min<size_t>(reply.size(), bench.reply.size())))
        bench.report.fail("%s of %u bytes from %x: the reply differs", Kinds[kind], length, source);
    for (uint32_t i = 0; i < Bench::Size; i++)
    {
        bool inside = writes && i >= destination && i < destination + length;
        uint8_t is = bench.bytes.at[i];
        if (is == memory[i] || (inside && !whole && (is == before[i] || !apart)))
            continue;
        bench.report.fail("%s of %u bytes from %x to %x: byte %x is %02x, expected %02x", Kinds[kind], length, source, destination, i, is, memory[i]);
        break;
    }
    bench.bytes.bad_low = 1, bench.bytes.bad_high = 0;
}

/// The figures of the README: beats a clock over whole jobs, from start to done.
static int figures(Bench &bench)
{
    printf("copy, beats a clock from start to done (read latency in clocks)\n%8s", "bytes");
    const int latencies[] = {0, 8, 16, 32, 64, 96, 128};
    for (int latency : latencies)
        printf("%9d", latency);
    printf("\n");
    for (uint32_t length : {256u, 1024u, 4096u, 16384u, 65536u})
    {
        printf("%8u", length);
        for (int latency : latencies)
        {
            bench.port.manners = Manners();
            bench.port.manners.read_latency_low = bench.port.manners.read_latency_high = latency;
            bench.port.manners.write_latency_low = bench.port.manners.write_latency_high = 2;
            uint64_t clocks = bench.run(FromMemory, ToMemory, 0, Bench::Size / 2, length);
            double rate = length / 8 / double(clocks);
            printf("%9.4f", rate);
            if (length == 65536 && latency <= 64 && rate < 0.99)
                bench.report.fail("%.4f beats a clock at 64 KB and a latency of %d, below 0.99", rate, latency);
        }
        printf("\n");
    }
    for (int shifted = 1; shifted <= 7; shifted += 3)
    {
        uint64_t clocks = bench.run(FromMemory, ToMemory, shifted, Bench::Size / 2 + 3, 65536 - 16);
        printf("64 KB less 16 B from lane %d to lane 3 at latency 128: %.4f beats a clock\n", shifted, (65536 - 16) / 8 / double(clocks));
    }
    uint64_t crc = bench.run(FromMemory, ToCrc, 0, 0, 65536), compare = bench.run(FromMemory, ToComparison, 0, 0, 65536);
    uint64_t fill = bench.run(FromPattern, ToMemory, 0x55, Bench::Size / 2, 65536);
    printf("64 KB at latency 128, bytes a clock: crc %.2f, compare %.2f, fill %.2f\n", 65536.0 / crc, 65536.0 / compare, 65536.0 / fill);
    return bench.report.end("figures of the copy engine");
}

int main(int argc, char **argv)
{
    Verilated::commandArgs(argc, argv);
    long seed = option(argc, argv, "seed", 1), jobs = option(argc, argv, "jobs", 4000);
    Bench bench(seed);
    int status;
    if (option(argc, argv, "figures", 0))
        status = figures(bench);
    else
    {
        for (long i = 0; i < jobs && bench.report.failures == 0; i++)
            random_job(bench);
        printf("%ld jobs, %llu clocks, seed %ld\n", jobs, (unsigned long long)bench.clock, seed);
        status = bench.report.end("copy engine");
    }
#if VM_COVERAGE
    VerilatedCov::write(("coverage-copy_engine-" + std::to_string(seed) + ".dat").c_str());
#endif
    return status;
}
