// The core behind its byte port, and its model beside it: commands go to the core over a line with flipped bits, cut and repeated frames;
// once the core says that jobs have ended the model does them too, and the whole memory, every job's result and what was read are compared.
#pragma once
#include "Vtern_core.h"
#include "core_model.h"
#include "verilated.h"
#include <algorithm>

class CoreMachine
{
public:
    static constexpr uint32_t Size = 1 << 20, Half = Size / 2;

    explicit CoreMachine(uint64_t seed)
        : random(seed), bytes(Size), main_port(bytes, report, seed + 1), copy_port(bytes, report, seed + 2), model(Size, filled(bytes, seed))
    {
        reset();
    }

    ~CoreMachine() { top.final(); }

    Report report;
    Random random;
    Bytes bytes;
    AxiPort<> main_port, copy_port;
    Model model;
    Vtern_core top;
    uint64_t clock = 0, frames = 0, bad_frames = 0, repeated = 0, busy = 0, ended_badly = 0, full = 0;
    int sequence = 0;
    std::deque<Job> jobs;                       // given, and not known to have ended
    uint32_t causes = 0;
    size_t held = 0;                            // payload of the reply that the core holds, until another command was taken

    static const std::vector<uint8_t> &filled(Bytes &bytes, uint64_t seed)
    {
        Random random(seed + 77);
        for (uint8_t &byte : bytes.at)
            byte = uint8_t(random.next());
        return bytes.at;
    }

    void reset()
    {
        top.reset = 1;
        top.active = 0;
        for (int i = 0; i < 3; i++)
        {
            main_port.reset(), copy_port.reset();
            tick();
        }
        main_port.reset(), copy_port.reset();
        top.reset = 0;
        tick();
    }

    void tick()
    {
        main_port.choose(), copy_port.choose();
        top.m_arready = main_port.arready, top.m_rvalid = main_port.rvalid, top.m_rdata = main_port.rdata;
        top.m_rresp = main_port.rresp, top.m_rlast = main_port.rlast;
        top.m_awready = main_port.awready, top.m_wready = main_port.wready, top.m_bvalid = main_port.bvalid, top.m_bresp = main_port.bresp;
        top.r_awready = copy_port.awready, top.r_wready = copy_port.wready, top.r_bvalid = copy_port.bvalid, top.r_bresp = copy_port.bresp;
        top.clk = 0;
        top.eval();
        main_port.read_channels(top.m_arvalid, top.m_araddr, top.m_arlen, top.m_rready, top.m_arsize);
        main_port.write_channels(top.m_awvalid, top.m_awaddr, top.m_awlen, top.m_wvalid, top.m_wdata, top.m_wstrb, top.m_wlast, top.m_bready,
            top.m_awsize, top.m_awburst);
        copy_port.write_channels(top.r_awvalid, top.r_awaddr, top.r_awlen, top.r_wvalid, top.r_wdata, top.r_wstrb, top.r_wlast, top.r_bready,
            top.r_awsize, top.r_awburst);
        top.clk = 1;
        top.eval();
        clock++, main_port.clock++, copy_port.clock++;
    }

    /// One selection: bytes go in, as many come out.
    std::vector<uint8_t> exchange(const std::vector<uint8_t> &out)
    {
        std::vector<uint8_t> in = {TERN_LEAD_0, TERN_LEAD_1};
        int pace = random.between(3, 12);
        for (int i = random.between(6, 40); i > 0; i--)
            tick();
        top.active = 1;
        for (size_t i = 0; i < out.size(); i++)
        {
            for (int j = 1; j < pace; j++)
                tick();
            if (i >= 2)
            {
                in.push_back(top.tx_valid ? top.tx_data : 0);
                top.tx_take = top.tx_valid;
            }
            top.rx_valid = 1, top.rx_data = out[i];
            tick();
            top.rx_valid = 0, top.tx_take = 0;
        }
        tick();
        top.active = 0;
        tick(), tick();
        frames++;
        in.resize(out.size());
        return in;
    }

    Reply poll(size_t room = 0)
    {
        std::vector<uint8_t> wire = frame(TERN_CMD_POLL, 0);
        wire.resize(20 + std::max(room, held));
        Reply reply(exchange(wire));
        if (!reply.whole)
            report.fail("a reply is not whole");
        return reply;
    }

    /// Gives a command over a line that is sometimes bad, and returns its reply: sent again until it was taken, polled until it is answered.
    Reply command(int code, uint32_t a0 = 0, uint32_t a1 = 0, uint32_t a2 = 0, const std::vector<uint8_t> &payload = {}, size_t room = 0, bool wait = true)
    {
        sequence = (sequence + 1) & 0xFF;
        const std::vector<uint8_t> right = frame(code, sequence, a0, a1, a2, payload);
        for (int tries = 0;; tries++)
        {
            if (tries > 3000)
            {
                report.fail("command %02x is not answered", code);
                return Reply({});
            }
            std::vector<uint8_t> wire = right;
            int expected = TERN_LINK_TAKEN;
            if (random.percent(12))
            {
                bad_frames++;
                expected = -1;
                if (random.percent(30))
                    wire.resize(random.between(1, wire.size() - 1)), expected = TERN_LINK_TRUNCATED;
                else
                    wire[random.between(0, wire.size() - 1)] ^= 1 << random.between(0, 7);
                if (expected == -1 && random.percent(20))
                    wire.resize(wire.size() + random.between(1, 300), 0x5A);
            }
            else if (random.percent(20))
                wire.resize(wire.size() + random.between(1, 40), 0xA5);
            exchange(wire);
            if (!wait && expected == TERN_LINK_TAKEN)
                return Reply({});
            Reply reply = poll(room);
            // The link byte speaks of the frame before: this poll's reply was made before the poll came in.
            if (expected == -1 ? reply.link < TERN_LINK_TRUNCATED : expected == TERN_LINK_TRUNCATED && reply.link != expected)
                report.fail("a bad frame's link is %d", reply.link);
            if (expected != TERN_LINK_TAKEN && tries == 0 && reply.sequence == sequence)
                report.fail("a bad frame was executed");
            if (reply.link == TERN_LINK_BUSY)
                busy++;
            while (reply.whole && reply.sequence == sequence && reply.status == TERN_STATUS_PENDING && ++tries < 3000)
                reply = poll(room);
            if (reply.sequence != sequence)
                continue;
            held = reply.payload.size();
            if (random.percent(10))
            {
                // Sent again although it was taken: the same reply, and nothing happens.
                repeated++;
                exchange(right);
                Reply again = poll(room);
                // Before Identify nothing is taken, so nothing is repeated.
                bool poll_link = again.link == TERN_LINK_REPEATED || again.link == TERN_LINK_BUSY || code == TERN_CMD_IDENTIFY
                    || reply.status == TERN_STATUS_NOT_INTRODUCED;
                if (again.sequence != sequence || again.status != reply.status || again.value != reply.value || again.payload != reply.payload || !poll_link)
                    report.fail("a repeated command %02x is answered otherwise (link %d)", code, again.link);
            }
            return reply;
        }
    }

    /// Queues a job, waiting while the queue is full.
    Reply queue(int code, uint32_t a0, uint32_t a1, uint32_t a2, const std::vector<uint8_t> &payload = {}, size_t room = 0)
    {
        for (;;)
        {
            Reply reply = command(code, a0, a1, a2, payload, room);
            if (reply.status == TERN_STATUS_QUEUE_FULL)
            {
                full++;
                continue;
            }
            jobs.push_back({int(reply.value), code, a0, a1, a2, payload, model.regions});
            return reply;
        }
    }

    /// Takes the results of the jobs that are given: those that ended are done in the model and compared.
    void settle(bool aborted = false)
    {
        bool uncertain = false;
        while (!jobs.empty())
        {
            const Job &job = jobs.front();
            Reply reply = command(TERN_CMD_STATUS, job.number);
            if (reply.status == TERN_STATUS_QUEUED && !aborted)
                continue;
            if (aborted && reply.status == TERN_STATUS_ABORTED)
            {
                // It may have done a part: whatever it would have touched is unknown.
                model.run(job);
                uncertain = true;
            }
            else
            {
                model.run(job);
                if (reply.status != model.status || reply.value != model.value)
                    report.fail("job %d (%02x %x %x %x): status %02x value %x, expected %02x %x", job.number, job.command, job.a0, job.a1, job.a2,
                        reply.status, reply.value, model.status, model.value);
                ended_badly += model.status != TERN_STATUS_OK;
                causes |= model.status == TERN_STATUS_OK ? TERN_IRQ_JOB_DONE : TERN_IRQ_JOB_FAILED;
            }
            if (uncertain)
                causes |= TERN_IRQ_JOB_FAILED;
            jobs.pop_front();
        }
        if (!main_port.quiet() || !copy_port.quiet())
            report.fail("every job has ended, and the bus is not quiet");
        for (uint32_t i = 0; i < Size; i++)
            if (bytes.at[i] != model.memory[i] && !(uncertain && model.touched[i]))
            {
                report.fail("byte %x is %02x, expected %02x", i, bytes.at[i], model.memory[i]);
                break;
            }
        if (uncertain)
            begin_anew();
        std::fill(model.touched.begin(), model.touched.end(), false);
    }

    /// A command whose reply waited for its job: every job before it has ended too.
    void answered(const Reply &reply)
    {
        Job job = jobs.back();
        jobs.pop_back();
        settle();
        model.run(job);
        causes |= model.status == TERN_STATUS_OK ? TERN_IRQ_JOB_DONE : TERN_IRQ_JOB_FAILED;
        if (reply.status != model.status || (model.status == TERN_STATUS_OK && reply.payload != model.reply) || int(reply.value) != job.number)
            report.fail("%02x %x %x %x is answered with status %02x and %zu bytes, expected %02x and %zu", job.command, job.a0, job.a1, job.a2,
                reply.status, reply.payload.size(), model.status, model.reply.size());
    }

    /// The model takes the memory as it is, and the dirty map is cleared.
    void begin_anew()
    {
        model.memory = bytes.at;
        command(TERN_CMD_DIRTY_CLEAR, 0, 0, 4096);
        for (int i = 0; i < 400000 && main_port.quiet() && (poll().flags & TERN_FLAG_RUNNING); i++)
            tick();
        model.map.assign(32768, false);
    }
};
