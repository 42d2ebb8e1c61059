// Random command streams for the core of core_machine.h, which compares it with its model: jobs of every kind, full queues, refusals,
// bus errors, interrupts, aborts and resets.
#include "core_machine.h"
#include "verilated_cov.h"

class Bench : public CoreMachine
{
public:
    using CoreMachine::CoreMachine;

    uint64_t aborts = 0, resets = 0;
    uint32_t enabled = 0;                       // causes that raise the interrupt line

    uint32_t length(uint32_t most)
    {
        return random.percent(50) ? random.between(0, std::min(most, 64u)) : random.percent(90) ? random.between(0, std::min(most, 1500u))
            : random.between(0, std::min(most, 12000u));
    }

    /// Somewhere that jobs write to: the lower half, often in or at the edge of an intercepted region.
    uint32_t target(uint32_t length)
    {
        const Region &region = model.regions[random.between(0, 3)];
        uint32_t at = random.percent(70) && region.size > 0 ? region.primary + random.between(0, region.size) : random.between(0, Half);
        if (random.percent(50))
            at -= std::min(at, random.between(0, 40));
        return std::min(at, Half - length);
    }

    void random_command()
    {
        main_port.manners = Manners::random(random), copy_port.manners = Manners::random(random);
        uint32_t size = length(20000), from = random.between(0, Half - size), to = target(size);
        switch (random.between(0, 15))
        {
        case 0: case 1: case 2:
        {
            std::vector<uint8_t> payload(std::max(1u, length(4096)));
            for (uint8_t &byte : payload)
                byte = uint8_t(random.next());
            queue(TERN_CMD_WRITE, random.next(), target(4096), random.next(), payload);
            break;
        }
        case 3: case 4:
        {
            // A reading waits for all jobs before it, so the model can be brought up to it at once.
            size = std::max(1u, length(4096));
            from = random.between(0, Size - size);
            if (random.percent(5))
                from = Size + 0x1000 + random.between(0, 100);
            Reply reply = queue(TERN_CMD_READ, from, random.next(), size, {}, size);
            answered(reply);
            break;
        }
        case 5:
            queue(TERN_CMD_FILL, random.next(), to, size);
            break;
        case 6: case 7: case 8:
            if (to > from && to < from + size)
                to = from;
            if (random.percent(4))
                to = Size + random.between(0, 4000);
            if (random.percent(4))
                from = Size + random.between(0, 4000);
            queue(TERN_CMD_COPY, from, to, size);
            break;
        case 9:
            to = random.between(0, Size - size);
            if (random.percent(60) && size > 0)
            {
                to = std::min(to, Half - size);
                if (to > from && to < from + size)
                    to = from;
                queue(TERN_CMD_COPY, from, to, size);
            }
            queue(TERN_CMD_COMPARE, from, to, size);
            break;
        case 10:
            queue(TERN_CMD_CRC, random.between(0, Size - size), random.next(), size);
            break;
        case 11:
        {
            std::vector<uint8_t> list;
            for (int i = random.percent(95) ? random.between(1, 12) : 256; i > 0; i--)
            {
                uint32_t bytes = random.percent(50) ? random.between(0, 30) : random.between(0, 400);
                uint32_t source = random.between(0, Half - bytes), destination = target(bytes);
                if (destination > source && destination < source + bytes)
                    destination = source;
                if (random.percent(1))
                    source = Size;
                put32(list, source), put32(list, destination), put32(list, bytes), put32(list, random.next());
            }
            queue(TERN_CMD_COPY_LIST, random.next(), random.next(), random.next(), list);
            break;
        }
        case 12:
        {
            uint32_t first = random.between(0, 511) * 64, bytes = std::min(random.between(1, 30) * 8, (32768 - first) / 8);
            if (random.percent(50))
            {
                Reply reply = queue(TERN_CMD_DIRTY_READ, first, random.next(), bytes, {}, bytes);
                answered(reply);
            }
            else
                queue(TERN_CMD_DIRTY_CLEAR, first, random.next(), bytes);
            break;
        }
        case 13:
            settle();
            set_region();
            break;
        case 14:
            if (random.percent(30))
                give_up();
            else if (random.percent(30))
                lose_everything();
            else if (random.percent(30))
                fill_the_queue();
            else
                refusals();
            break;
        case 15:
            settle();
            interrupts();
            break;
        }
        if (jobs.size() > 14 || random.percent(15))
            settle();
    }

    /// More jobs than may wait: the last ones are refused, and taken when they are given again.
    void fill_the_queue()
    {
        main_port.manners.w = 15;
        for (int i = 0; i < 20; i++)
            queue(TERN_CMD_FILL, i, target(4000), 4000);
        settle();
    }

    void set_region()
    {
        int number = random.between(0, 3);
        Region region;
        region.granularity = random.between(8, 16);
        uint32_t pages = random.percent(20) ? 0 : random.between(1, 16);
        region.size = pages << 12;
        region.primary = random.between(0, Half / 4096 - 16) << 12;
        region.redundant = (Half + (number << 17)) + (random.between(0, 15) << 12);
        Reply reply = command(TERN_CMD_INTERCEPT_REGION, region.primary | number, region.redundant, region.size | region.granularity);
        if (reply.status != TERN_STATUS_OK)
            report.fail("region refused: %02x", reply.status);
        model.regions[number] = region;
    }

    /// Commands that must be refused, and change nothing.
    void refusals()
    {
        struct { int code; uint32_t a0, a1, a2; size_t payload; int status; } static const wrong[] = {
            {0x7F, 0, 0, 0, 0, TERN_STATUS_BAD_COMMAND},
            {TERN_CMD_READ, 0, 0, 0, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_READ, 0, 0, 4097, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_READ, 0, 0, 0x80000001, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_WRITE, 0, 0, 0, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_COPY_LIST, 0, 0, 0, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_COPY_LIST, 0, 0, 0, 24, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_DIRTY_READ, 1, 0, 8, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_DIRTY_READ, 0, 0, 4, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_DIRTY_READ, 64, 0, 4096, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_DIRTY_READ, 32768, 0, 8, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_DIRTY_CLEAR, 32704, 0, 16, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_INTERCEPT_REGION, 0x1004, 0x80000, 0x1008, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_INTERCEPT_REGION, 0x1000, 0x80010, 0x1008, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_INTERCEPT_REGION, 0x1000, 0x80000, 0x1007, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_INTERCEPT_REGION, 0x1000, 0x80000, 0x1011, 0, TERN_STATUS_BAD_ARGUMENT},
            {TERN_CMD_INTERCEPT_REGION, 0x1000, 0x80000, 0x201008, 0, TERN_STATUS_BAD_ARGUMENT},    // 2 MB and a page at 256 B
            {TERN_CMD_STATUS, 0, 0, 0, 0, -1},
        };
        const auto &one = wrong[random.between(0, sizeof wrong / sizeof *wrong - 1)];
        Reply reply = one.status < 0 ? command(TERN_CMD_STATUS, (jobs.empty() ? last_number() : jobs.front().number) + 100)
            : command(one.code, one.a0, one.a1, one.a2, std::vector<uint8_t>(one.payload));
        int expected = one.status < 0 ? TERN_STATUS_UNKNOWN_JOB : one.status;
        if (reply.status != expected)
            report.fail("command %02x %x %x %x is answered with %02x, expected %02x", one.code, one.a0, one.a1, one.a2, reply.status, expected);
        if (random.percent(30))
        {
            // Too long a payload: seen before its end.
            std::vector<uint8_t> wire = frame(TERN_CMD_WRITE, sequence + 1, 0, 0, 0, std::vector<uint8_t>(4097));
            exchange(wire);
            bad_frames++;
            if (poll().link != TERN_LINK_BAD_LENGTH)
                report.fail("a payload of 4097 bytes is taken");
        }
    }

    uint32_t last_number() { return poll().finished; }

    /// Abort with jobs under way, sometimes one of them a reading whose reply is still to come.
    void give_up()
    {
        aborts++;
        uint32_t size = random.between(0, 12000), to = target(12000);
        queue(TERN_CMD_COPY, to < size ? to : 0, to, size);     // no destination inside its source
        queue(TERN_CMD_FILL, 0, target(500), 500);
        if (random.percent(50))
        {
            command(TERN_CMD_READ, 0, 0, 64, {}, 64, false);
            held = 64;
            for (int i = random.between(0, 2000); i > 0; i--)
                tick();
        }
        Reply reply = command(TERN_CMD_ABORT);
        if (reply.status != TERN_STATUS_OK || (reply.flags & (TERN_FLAG_RUNNING | TERN_FLAG_BUFFER_BUSY)))
            report.fail("abort leaves status %02x, flags %02x", reply.status, reply.flags);
        causes |= TERN_IRQ_JOB_FAILED | TERN_IRQ_JOB_DONE;
        settle(true);
    }

    /// A reset with jobs under way, in the middle of a frame or between two: nothing is touched but what they write, and nothing of them is left.
    void lose_everything()
    {
        resets++;
        settle();
        for (int i = random.between(1, 5); i > 0; i--)
        {
            uint32_t size = random.between(0, 12000);
            if (random.percent(50))
                queue(TERN_CMD_COPY, 0, target(size), size);
            else
                queue(TERN_CMD_WRITE, 0, target(4096), 0, std::vector<uint8_t>(random.between(1, 300), 0x77));
        }
        if (random.percent(50))
            command(TERN_CMD_READ, 0, 0, 64, {}, 64, false);
        for (int i = random.between(0, 3000); i > 0; i--)
            tick();
        if (random.percent(50))
        {
            // A frame is cut off by the reset; what comes of it afterwards is no frame.
            top.active = 1;
            for (int i = random.between(1, 60); i > 0; i--)
            {
                top.rx_valid = i % 3 == 0, top.rx_data = uint8_t(random.next());
                tick();
            }
            top.rx_valid = 0;
        }
        reset();
        while (!jobs.empty())
        {
            model.run(jobs.front());
            jobs.pop_front();
        }
        for (uint32_t i = 0; i < Size; i++)
            if (bytes.at[i] != model.memory[i] && !model.touched[i])
            {
                report.fail("byte %x is %02x after a reset, expected %02x", i, bytes.at[i], model.memory[i]);
                break;
            }
        model.memory = bytes.at;
        model.regions = {};
        std::fill(model.touched.begin(), model.touched.end(), false);
        causes = enabled = 0, held = 0;
        Reply reply = poll();
        if (reply.status != TERN_STATUS_NOT_INTRODUCED || reply.flags != 0 || reply.finished != 0 || reply.free != 16 || reply.interrupts != 0
            || reply.bad_frames != 0 || reply.link != TERN_LINK_TAKEN || top.irq)
            report.fail("after a reset: status %02x, flags %02x, job %d, %d free, causes %x, %d bad frames, link %d", reply.status, reply.flags,
                reply.finished, reply.free, reply.interrupts, reply.bad_frames, reply.link);
        for (uint32_t i = 0; i < 2048; i++)
            tick();
        if (!main_port.quiet() || !copy_port.quiet() || bytes.at != model.memory)
            report.fail("something goes on after a reset");
        introduce();
        for (int number = 2; number < 40; number += random.between(1, 8))
            if (command(TERN_CMD_STATUS, number).status != TERN_STATUS_UNKNOWN_JOB)
                report.fail("job %d is known after a reset", number);
        begin_anew();
    }

    void interrupts()
    {
        Reply reply = poll();
        if (random.percent(50))
        {
            enabled = random.between(0, 7);
            reply = command(TERN_CMD_INTERRUPT_ENABLE, enabled);
            reply = poll();
        }
        if (top.irq != ((reply.interrupts & enabled) != 0))
            report.fail("the interrupt line is %d with causes %x of which %x are enabled", top.irq, reply.interrupts, enabled);
        uint32_t some = random.between(0, 7);
        command(TERN_CMD_INTERRUPT_ACKNOWLEDGE, some);
        Reply after = poll();
        if (after.interrupts != (reply.interrupts & ~some))
            report.fail("causes %x after acknowledging %x of %x", after.interrupts, some, reply.interrupts);
        // One job that ends well raises what it should.
        command(TERN_CMD_INTERRUPT_ACKNOWLEDGE, 7);
        queue(TERN_CMD_FILL, 1, target(10), 10);
        settle();
        if (poll().interrupts != (TERN_IRQ_JOB_DONE | TERN_IRQ_IDLE))
            report.fail("causes %x after one job", poll().interrupts);
    }

    void introduce()
    {
        sequence = random.between(0, 254);                  // the next is not 0, which is what the reply has after a reset
        // Before Identify nothing is executed.
        Reply reply = command(TERN_CMD_FILL, 0xFFFFFFFF, 0, 64);
        if (reply.status != TERN_STATUS_NOT_INTRODUCED || reply.flags != 0)
            report.fail("before Identify, a command is answered with %02x, flags %02x", reply.status, reply.flags);
        reply = command(TERN_CMD_IDENTIFY, 0, 0, 0, {}, 16);
        if (reply.status != TERN_STATUS_OK || reply.length != 16 || memcmp(&reply.payload[TERN_IDENTITY_MAGIC], "TERN", 4) != 0
            || reply.payload[TERN_IDENTITY_MAJOR] != TERN_MAJOR || reply.payload[TERN_IDENTITY_JOBS] != 16 || reply.payload[TERN_IDENTITY_REGIONS] != 4
            || reply.payload[TERN_IDENTITY_PAYLOAD_BITS] != 12 || reply.payload[TERN_IDENTITY_MAP_BITS] != 15 || reply.payload[TERN_IDENTITY_WINDOW_BITS] != 32)
            report.fail("not an identity");
        queue(TERN_CMD_DIRTY_CLEAR, 0, 0, 4096);
        settle();
    }
};

int main(int argc, char **argv)
{
    Verilated::commandArgs(argc, argv);
    long seed = option(argc, argv, "seed", 1), commands = option(argc, argv, "commands", 1500);
    Bench bench(seed);
    bench.introduce();
    for (long i = 0; i < commands && bench.report.failures == 0; i++)
        bench.random_command();
    bench.settle();
    printf("%ld commands, %llu frames of which %llu bad, %llu repeated, %llu refused as busy, %llu for a full queue; %llu jobs ended badly, "
        "%llu aborts, %llu resets; %llu clocks, seed %ld\n", commands, (unsigned long long)bench.frames, (unsigned long long)bench.bad_frames, (unsigned long long)bench.repeated,
        (unsigned long long)bench.busy, (unsigned long long)bench.full, (unsigned long long)bench.ended_badly, (unsigned long long)bench.aborts,
        (unsigned long long)bench.resets, (unsigned long long)bench.clock, seed);
#if VM_COVERAGE
    VerilatedCov::write(("coverage-core-" + std::to_string(seed) + ".dat").c_str());
#endif
    return bench.report.end("core");
}
