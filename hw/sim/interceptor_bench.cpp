// The write interceptor between a master and two memories: bursts of every kind, length and size, with IDs, while the dirty map is read and
// cleared. Both memories must end as the reference says, every answer must carry its ID and the worse of both results, and no mark may be
// lost: once a write was answered, the next reading of the map that begins shows it. `--figures` measures beats a clock instead.
#include "Vinterceptor_with_map.h"
#include "axi_memory.h"
#include "verilated.h"
#include "verilated_cov.h"
#include <algorithm>

struct Burst
{
    AxiPort<>::Address address;
    unsigned id;
    std::vector<uint64_t> data;
    std::vector<uint8_t> strobes;
};

struct Region { uint32_t primary = 0, redundant = 0, size = 0, granularity = 8; };

class Bench
{
public:
    static constexpr uint32_t Size = 1 << 20;

    explicit Bench(uint64_t seed)
        : random(seed), primary(Size), redundant(Size), port(primary, report, seed + 1), copy_port(redundant, report, seed + 2),
          expected_primary(Size), expected_redundant(Size), due(32768), possible(32768)
    {
        port.max_beats = copy_port.max_beats = 256;
        top.reset = 1;
        tick(), tick();
        top.reset = 0;
        // Memory of bits begins unknown: one clearing reading.
        read_map(true);
        std::fill(due.begin(), due.end(), false), std::fill(possible.begin(), possible.end(), false);
    }

    ~Bench() { top.final(); }

    Report report;
    Random random;
    Bytes primary, redundant;
    AxiPort<> port, copy_port;
    std::vector<uint8_t> expected_primary, expected_redundant;
    std::vector<bool> due, possible;            // of each granule: a reading must show it; a reading may show it
    Region regions[4];
    Vinterceptor_with_map top;
    uint64_t clock = 0, beats = 0, answers = 0, reads = 0;

    std::deque<Burst> to_send, to_write, to_answer;
    unsigned beat = 0;
    bool aw_valid = false, w_valid = false, reading = false;
    int aw_chance = 100, w_chance = 100, b_chance = 100;
    std::vector<uint64_t> map_words;
    bool map_begins = false;

    void tick()
    {
        port.choose(), copy_port.choose();
        top.m_awready = port.awready, top.m_wready = port.wready, top.m_bvalid = port.bvalid, top.m_bresp = port.bresp;
        top.m_arready = port.arready, top.m_rvalid = port.rvalid, top.m_rdata = port.rdata, top.m_rresp = port.rresp, top.m_rlast = port.rlast;
        top.m_rid = port.rid;
        top.r_awready = copy_port.awready, top.r_wready = copy_port.wready, top.r_bvalid = copy_port.bvalid, top.r_bresp = copy_port.bresp;
        aw_valid = aw_valid || (!to_send.empty() && random.percent(aw_chance));
        w_valid = w_valid || (!to_write.empty() && random.percent(w_chance));
        top.s_awvalid = aw_valid, top.s_wvalid = w_valid;
        if (aw_valid)
        {
            const Burst &burst = to_send.front();
            top.s_awaddr = burst.address.address, top.s_awlen = burst.address.length, top.s_awsize = burst.address.size;
            top.s_awburst = burst.address.burst, top.s_awid = burst.id;
        }
        if (w_valid)
        {
            const Burst &burst = to_write.front();
            top.s_wdata = burst.data[beat], top.s_wstrb = burst.strobes[beat], top.s_wlast = beat == burst.address.length;
        }
        top.s_bready = random.percent(b_chance);
        top.s_rready = random.percent(b_chance);
        top.clk = 0;
        top.eval();
        port.read_channels(top.m_arvalid, top.m_araddr, top.m_arlen, top.m_rready, top.m_arsize, top.m_arid);
        port.write_channels(top.m_awvalid, top.m_awaddr, top.m_awlen, top.m_wvalid, top.m_wdata, top.m_wstrb, top.m_wlast, top.m_bready,
            top.m_awsize, top.m_awburst);
        copy_port.write_channels(top.r_awvalid, top.r_awaddr, top.r_awlen, top.r_wvalid, top.r_wdata, top.r_wstrb, top.r_wlast, top.r_bready,
            top.r_awsize, top.r_awburst);
        if (aw_valid && top.s_awready)
        {
            to_answer.push_back(to_send.front());
            mark(to_send.front(), possible);
            to_send.pop_front();
            aw_valid = false;
        }
        if (w_valid && top.s_wready)
        {
            w_valid = false;
            beats++;
            if (beat++ == to_write.front().address.length)
                to_write.pop_front(), beat = 0;
        }
        if (top.s_bvalid && top.s_bready)
        {
            answers++;
            if (to_answer.empty())
                report.fail("an answer to nothing");
            else
            {
                const Burst &burst = to_answer.front();
                bool bad = touches(burst, primary, false) || touches(burst, redundant, true);
                if (top.s_bid != burst.id || bool(top.s_bresp & 2) != bad)
                    report.fail("burst at %x: answer %d with ID %d, expected %d with ID %u", burst.address.address, top.s_bresp, top.s_bid,
                        bad ? 2 : 0, burst.id);
                mark(burst, due);
                to_answer.pop_front();
            }
        }
        if (top.s_rvalid && top.s_rready)
        {
            reads++;
            if (top.s_rid != read_id)
                report.fail("read's ID is %d", top.s_rid);
            if (top.s_rdata != read_data(read_at))
                report.fail("read of %x gives other data than the memory's", read_at);
            read_at += 8;
            reading = !top.s_rlast;
        }
        if (top.s_arvalid && top.s_arready)
            top.s_arvalid = 0;
        if (top.map_valid && top.map_take)
            map_words.push_back(top.map_data);
        top.clk = 1;
        top.eval();
        top.map_take = random.percent(50);
        clock++, port.clock++, copy_port.clock++;
    }

    uint64_t read_data(uint32_t at)
    {
        uint64_t word;
        memcpy(&word, &primary.at[at & ~7u], 8);
        return word;
    }

    const Region *region_of(uint32_t address, int *number = nullptr) const
    {
        for (int i = 0; i < 4; i++)
            if (address >= regions[i].primary && address - regions[i].primary < regions[i].size)
            {
                if (number)
                    *number = i;
                return &regions[i];
            }
        return nullptr;
    }

    bool touches(const Burst &burst, const Bytes &bytes, bool copy) const
    {
        const Region *region = region_of(burst.address.address);
        if (copy && !region)
            return false;
        for (unsigned i = 0; i <= burst.address.length; i++)
        {
            uint32_t at = AxiPort<>::beat_address(burst.address, i);
            if (bytes.bad(copy ? region->redundant + at - region->primary : at))
                return true;
        }
        return false;
    }

    void mark(const Burst &burst, std::vector<bool> &map)
    {
        int number;
        const Region *region = region_of(burst.address.address, &number);
        for (unsigned i = 0; region && i <= burst.address.length; i++)
            map[number * 8192 + ((AxiPort<>::beat_address(burst.address, i) - region->primary) >> region->granularity)] = true;
    }

    void expect(const Burst &burst)
    {
        const Region *region = region_of(burst.address.address);
        for (unsigned i = 0; i <= burst.address.length; i++)
        {
            uint32_t at = AxiPort<>::beat_address(burst.address, i) & ~7u;
            for (int lane = 0; lane < 8; lane++)
                if (burst.strobes[i] >> lane & 1)
                {
                    uint8_t byte = uint8_t(burst.data[i] >> 8 * lane);
                    if (!primary.bad(at))
                        expected_primary[at + lane] = byte;
                    if (region && !redundant.bad(region->redundant + at - region->primary))
                        expected_redundant[region->redundant + at - region->primary + lane] = byte;
                }
        }
    }

    void add(uint32_t address, unsigned length, unsigned size, unsigned kind)
    {
        Burst burst{{address, length, size, kind}, random.between(0, 15), {}, {}};
        for (unsigned i = 0; i <= length; i++)
        {
            burst.data.push_back(uint64_t(random.next()) << 32 | random.next());
            uint32_t at = AxiPort<>::beat_address(burst.address, i);
            unsigned lanes = ((1u << (1u << size)) - 1) << (at & 7 & ~((1u << size) - 1));
            burst.strobes.push_back(uint8_t(random.percent(80) ? lanes : lanes & random.next()));
        }
        expect(burst);
        to_send.push_back(burst);
        to_write.push_back(burst);
    }

    void add_random()
    {
        unsigned size = random.percent(70) ? 3 : random.between(0, 3), kind = random.percent(80) ? 1 : random.between(0, 2);
        unsigned length = random.percent(50) ? 0 : random.percent(70) ? random.between(0, 15) : random.between(0, 255);
        if (kind == 2)
            length = (2u << random.between(0, 3)) - 1;
        if (kind == 0)
            length &= 15;
        uint32_t address = random.percent(70) && regions[0].size ? regions[random.between(0, 3)].primary + random.between(0, 20000) : random.between(0, Size - 4096);
        address = std::min(address, Size - 4096);
        if (kind == 2)
            address &= ~((1u << size) - 1);
        else if (kind == 1)
        {
            uint32_t room = 4096 - (address & 4095 & ~((1u << size) - 1));
            length = std::min<uint32_t>(length, (room >> size) - 1);
        }
        add(address, length, size, kind);
    }

    void set_region(int number)
    {
        Region &region = regions[number];
        region.size = random.percent(15) ? 0 : random.between(1, 12) << 12;
        region.primary = random.between(0, 200) << 12;
        region.redundant = (number * 64 + random.between(0, 40)) << 12;
        region.granularity = random.between(8, 16);
        top.region_set = 1, top.region = number, top.region_primary = region.primary >> 12, top.region_redundant = region.redundant >> 12;
        top.region_pages = region.size >> 12, top.region_shift = region.granularity - 8;
        tick();
        top.region_set = 0;
    }

    /// Reads the whole map while whatever goes on goes on, and holds it against what is due.
    void read_map(bool clear)
    {
        std::vector<bool> due_before = due;
        map_words.clear();
        top.map_first_bit = 0, top.map_words = 512, top.map_clear = clear;
        tick();
        top.map_run = 1;
        uint64_t begin = clock;
        while (map_words.size() < 512 && clock - begin < 2000000)
            tick();
        top.map_run = 0;
        tick();
        if (map_words.size() < 512)
            report.fail("reading the map does not end");
        for (size_t i = 0; i < map_words.size() * 64 && clock > 40000; i++)
        {
            bool set = map_words[i / 64] >> i % 64 & 1;
            if (!set && due_before[i])
                report.fail("granule %zu was written and is not marked", i);
            if (set && !possible[i])
                report.fail("granule %zu is marked and was never written", i);
            if (set && clear)
                due[i] = false;
        }
    }

    void drain()
    {
        uint64_t begin = clock;
        while (!to_send.empty() || !to_write.empty() || !to_answer.empty() || aw_valid || w_valid)
        {
            tick();
            if (clock - begin > 3000000)
            {
                report.fail("writes hang");
                break;
            }
        }
    }

    uint32_t read_at = 0;
    unsigned read_id = 0;

    void random_round()
    {
        drain();
        primary.bad_low = redundant.bad_low = 1, primary.bad_high = redundant.bad_high = 0;
        for (int i = 0; i < 4; i++)
            set_region(i);
        // Reading once while nothing moves: the map is then exactly what is due.
        read_map(true);
        std::fill(possible.begin(), possible.end(), false), std::fill(due.begin(), due.end(), false);
        port.manners = Manners::random(random), copy_port.manners = Manners::random(random);
        const int chances[] = {100, 100, 60, 20};
        aw_chance = chances[random.between(0, 3)], w_chance = chances[random.between(0, 3)], b_chance = chances[random.between(0, 3)];
        if (random.percent(30))
        {
            Bytes &bytes = random.percent(50) ? primary : redundant;
            bytes.bad_low = random.between(0, Size - 1) & ~7u;
            bytes.bad_high = bytes.bad_low + random.between(7, 60000);
        }
        for (int i = random.between(50, 300); i > 0; i--)
            add_random();
        if (random.percent(60))
            read_map(random.percent(70));
        drain();
        read_at = random.between(0, Size / 8 - 300) * 8 & ~2047u, read_id = random.between(0, 15);
        uint32_t bad = primary.bad_high;
        primary.bad_low = 1, primary.bad_high = 0;
        top.s_araddr = read_at, top.s_arlen = random.between(0, 255), top.s_arsize = 3, top.s_arburst = 1, top.s_arid = read_id, top.s_arvalid = 1;
        reading = true;
        for (int i = 0; reading && i < 200000; i++)
            tick();
        primary.bad_high = bad;
        if (reading)
            report.fail("a read hangs");
        read_map(false);
        for (size_t i = 0; i < due.size(); i++)
            if (due[i] && !(map_words[i / 64] >> i % 64 & 1))
                report.fail("granule %zu is lost", i);
        if (primary.at != expected_primary)
            report.fail("the memory is not as expected");
        if (redundant.at != expected_redundant)
            report.fail("the redundant copies are not as expected");
    }
};

/// Mirrored writes at full pace, with memories that always take.
static int figures(Bench &bench)
{
    bench.regions[0] = {0, 0, 0x80000, 8};
    bench.top.region_set = 1, bench.top.region = 0, bench.top.region_primary = 0, bench.top.region_redundant = 0;
    bench.top.region_pages = 0x80, bench.top.region_shift = 0;
    bench.tick();
    bench.top.region_set = 0;
    for (unsigned length : {256u, 64u, 16u, 4u, 1u})
    {
        for (uint32_t at = 0; at < 0x20000; at += length * 8)
            bench.add(at, length - 1, 3, 1);
        uint64_t begin = bench.clock, beats = bench.beats;
        while (!bench.to_write.empty() || bench.w_valid)
            bench.tick();
        double rate = double(bench.beats - beats) / double(bench.clock - begin);
        printf("mirrored and marked, bursts of %3u beats: %.4f beats a clock (%llu beats)\n", length, rate, (unsigned long long)(bench.beats - beats));
        if (rate < 0.999)
            bench.report.fail("%.4f is not one beat a clock", rate);
        bench.drain();
    }
    if (bench.redundant.at != bench.expected_redundant)
        bench.report.fail("the redundant copies are not as expected");
    return bench.report.end("figures of the interceptor");
}

int main(int argc, char **argv)
{
    Verilated::commandArgs(argc, argv);
    long seed = option(argc, argv, "seed", 1), rounds = option(argc, argv, "rounds", 40);
    Bench bench(seed);
    int status;
    if (option(argc, argv, "figures", 0))
        status = figures(bench);
    else
    {
        for (long i = 0; i < rounds && bench.report.failures == 0; i++)
            bench.random_round();
        printf("%ld rounds, %llu beats in %llu bursts, %llu beats read, %llu clocks, seed %ld\n", rounds, (unsigned long long)bench.beats,
            (unsigned long long)bench.answers, (unsigned long long)bench.reads, (unsigned long long)bench.clock, seed);
        status = bench.report.end("write interceptor");
    }
#if VM_COVERAGE
    VerilatedCov::write(("coverage-interceptor-" + std::to_string(seed) + ".dat").c_str());
#endif
    return status;
}
