// What the co-processor should do, in plain C++: jobs in order on a reference memory, with mirrored regions and a dirty map.
#pragma once
#include "axi_memory.h"
#include "frames.h"
#include <array>
#include <map>

struct Region { uint32_t primary = 0, redundant = 0, size = 0, granularity = 8; };

/// A queued job as the model keeps it until it is known how it ended.
struct Job
{
    int number = 0, command = 0;
    uint32_t a0 = 0, a1 = 0, a2 = 0;
    std::vector<uint8_t> payload;
    std::array<Region, 4> regions;              // as they stood when it was queued; the bench sets regions only while nothing runs
};

class Model
{
public:
    Model(size_t size, const std::vector<uint8_t> &initial) : memory(initial), map(32768), touched(size) {}

    std::vector<uint8_t> memory;
    std::vector<bool> map;
    std::vector<bool> touched;                  // by the jobs since it was cleared: what an ended job may have changed
    std::array<Region, 4> regions;

    int status = 0;
    uint32_t value = 0;
    std::vector<uint8_t> reply;

    /// Does the job and leaves its status, value and reply.
    void run(const Job &job)
    {
        status = TERN_STATUS_OK, value = 0;
        reply.clear();
        switch (job.command)
        {
        case TERN_CMD_WRITE:
            write_all(job.a1, job.payload);
            break;
        case TERN_CMD_READ:
            if (reads(job.a0, job.a2))
                reply.assign(memory.begin() + job.a0, memory.begin() + job.a0 + job.a2);
            break;
        case TERN_CMD_FILL:
        {
            std::vector<uint8_t> bytes(job.a2);
            for (uint32_t i = 0; i < job.a2; i++)
                bytes[i] = uint8_t(job.a0 >> 8 * (i % 4));
            write_all(job.a1, bytes);
            break;
        }
        case TERN_CMD_COPY:
            copy(job.a0, job.a1, job.a2);
            break;
        case TERN_CMD_COPY_LIST:
            for (size_t i = 0; i < job.payload.size() && status == TERN_STATUS_OK; i += 16)
                copy(get32(&job.payload[i]), get32(&job.payload[i + 4]), get32(&job.payload[i + 8]));
            break;
        case TERN_CMD_COMPARE:
            for (uint32_t i = 0; i < job.a2 && status == TERN_STATUS_OK; i++)
                if (memory[job.a0 + i] != memory[job.a1 + i])
                    status = TERN_STATUS_MISMATCH, value = job.a1 + i;
            break;
        case TERN_CMD_CRC:
            if (reads(job.a0, job.a2))
                value = crc32(&memory[job.a0], job.a2);
            break;
        case TERN_CMD_DIRTY_READ:
        case TERN_CMD_DIRTY_CLEAR:
            for (uint32_t i = 0; i < job.a2 * 8; i++)
            {
                if (i % 8 == 0)
                    reply.push_back(0);
                reply.back() |= uint8_t(map[job.a0 + i] << i % 8);
                if (job.command == TERN_CMD_DIRTY_CLEAR || (job.a1 & 1))
                    map[job.a0 + i] = false;
            }
            break;
        }
    }

private:
    bool reads(uint32_t address, uint32_t length)
    {
        if (length == 0 || uint64_t(address) + length <= memory.size())
            return true;
        status = TERN_STATUS_READ_ERROR;
        value = std::max<uint32_t>(address & ~7u, uint32_t(memory.size()));
        return false;
    }

    void copy(uint32_t source, uint32_t destination, uint32_t length)
    {
        if (reads(source, length))
            write_all(destination, std::vector<uint8_t>(memory.begin() + source, memory.begin() + source + length));
    }

    void write_all(uint32_t address, const std::vector<uint8_t> &bytes)
    {
        if (!bytes.empty() && address >= memory.size())
        {
            status = TERN_STATUS_WRITE_ERROR, value = address & ~7u;
            return;
        }
        for (size_t i = 0; i < bytes.size(); i++)
        {
            uint32_t at = address + uint32_t(i);
            memory[at] = bytes[i];
            touched[at] = true;
            for (int number = 0; number < 4; number++)
            {
                const Region &region = regions[number];
                if (at < region.primary || at - region.primary >= region.size)
                    continue;
                memory[region.redundant + at - region.primary] = bytes[i];
                touched[region.redundant + at - region.primary] = true;
                map[number * 8192 + ((at - region.primary) >> region.granularity)] = true;
                break;
            }
        }
    }
};
