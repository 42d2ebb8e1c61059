// Command frames and replies, as a board's driver makes and reads them.
#pragma once
#include "bench.h"
#include "../generated/protocol.h"
#include <string>

inline void put32(std::vector<uint8_t> &bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes.push_back(uint8_t(value >> 8 * i));
}

inline uint32_t get32(const uint8_t *bytes) { return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | uint32_t(bytes[3]) << 24; }

inline std::vector<uint8_t> frame(int command, int sequence, uint32_t a0 = 0, uint32_t a1 = 0, uint32_t a2 = 0, const std::vector<uint8_t> &payload = {})
{
    std::vector<uint8_t> bytes = {uint8_t(command), uint8_t(sequence), uint8_t(payload.size()), uint8_t(payload.size() >> 8)};
    put32(bytes, a0), put32(bytes, a1), put32(bytes, a2);
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    put32(bytes, crc32(bytes.data(), bytes.size()));
    return bytes;
}

/// A reply as it came over the wire; `whole` says that its lead, its length and its CRC-32 are in order.
struct Reply
{
    bool whole = false;
    int sequence = 0, status = 0, length = 0, link = 0, flags = 0, finished = 0, free = 0, interrupts = 0, bad_frames = 0;
    uint32_t value = 0;
    std::vector<uint8_t> payload;

    explicit Reply(const std::vector<uint8_t> &wire)
    {
        if (wire.size() < 20 || wire[0] != TERN_LEAD_0 || wire[1] != TERN_LEAD_1)
            return;
        sequence = wire[TERN_REPLY_SEQUENCE], status = wire[TERN_REPLY_STATUS];
        length = wire[TERN_REPLY_LENGTH] | wire[TERN_REPLY_LENGTH + 1] << 8;
        link = wire[TERN_REPLY_LINK], flags = wire[TERN_REPLY_FLAGS], value = get32(&wire[TERN_REPLY_VALUE]);
        finished = wire[TERN_REPLY_FINISHED_JOB], free = wire[TERN_REPLY_FREE_JOBS];
        interrupts = wire[TERN_REPLY_INTERRUPTS], bad_frames = wire[TERN_REPLY_BAD_FRAMES];
        if (wire.size() < size_t(20 + length))
            return;
        payload.assign(wire.begin() + 16, wire.begin() + 16 + length);
        whole = crc32(&wire[2], 14 + length) == get32(&wire[16 + length]);
    }
};
