// What every Verilator bench shares: seeded random numbers, failures, the CRC-32 that the frames use.
#pragma once
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

/// A small generator of its own, so that a seed gives the same run everywhere.
class Random
{
public:
    explicit Random(uint64_t seed) : _state(seed * 0x9E3779B97F4A7C15ull + 1) {}

    uint32_t next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return uint32_t(_state >> 16);
    }

    /// A number from low to high, both included.
    uint32_t between(uint32_t low, uint32_t high) { return low + next() % (high - low + 1); }

    bool percent(int chance) { return int(next() % 100) < chance; }

private:
    uint64_t _state;
};

/// Counts failures; each is said where it is found, the first twenty of them.
class Report
{
public:
    int failures = 0;

    void fail(const char *format, ...) __attribute__((format(printf, 2, 3)))
    {
        if (++failures > 20)
            return;
        va_list arguments;
        va_start(arguments, format);
        printf("FAILED: ");
        vprintf(format, arguments);
        printf("\n");
        va_end(arguments);
    }

    /// The last line of a bench, which the runner looks for, and its exit status.
    int end(const char *what) const
    {
        printf(failures == 0 ? "bench passed: %s\n" : "bench FAILED: %s\n", what);
        return failures != 0;
    }
};

inline uint32_t crc32(const uint8_t *bytes, size_t count, uint32_t state = 0)
{
    state = ~state;
    for (size_t i = 0; i < count; i++)
    {
        state ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            state = (state >> 1) ^ (state & 1 ? 0xEDB88320u : 0);
    }
    return ~state;
}

/// The value of `--name=value` among the arguments, or the one given.
inline long option(int argc, char **argv, const char *name, long otherwise)
{
    for (int i = 1; i < argc; i++)
    {
        size_t length = snprintf(nullptr, 0, "--%s=", name);
        char key[64];
        snprintf(key, sizeof key, "--%s=", name);
        if (std::string(argv[i]).compare(0, length, key) == 0)
            return strtol(argv[i] + length, nullptr, 0);
    }
    return otherwise;
}
