// The co-processor as a native library: the RTL, made C++ by Verilator, with a memory behind its two AXI4 ports. See ../README.md.
//
// One core is one handle; handles share nothing, and each is used by one thread at a time. The clock runs only inside `exchange` and `run`.
#pragma once
#include <cstdint>

#define TERN_FPGA_INTERFACE 1                   // counts changes of what stands below, so that an older library is noticed

#pragma GCC visibility push(default)
extern "C"
{
    typedef struct tern_fpga tern_fpga;

    int32_t tern_fpga_interface(void);

    /// A fingerprint of the files that the library was made of.
    const char *tern_fpga_sources(void);

    /// A core after its reset, or null if an argument is out of range.
    ///
    /// memory_size     bytes behind the AXI ports, a power of two from 4096 to 2^28; an access beyond is answered with an error
    /// read_latency    clocks from a read's address to its first data, 0 to 1000
    /// write_latency   clocks from a write's last data to its answer, 0 to 1000
    /// back_pressure   percent of the clocks, 0 to 90, in which a channel of the memory is not ready or has nothing, as the seed says
    /// pins            0: bytes go in and out at the core's byte port; 1: bits go through the SCK-clocked SPI slave
    tern_fpga *tern_fpga_create(int32_t memory_size, int32_t read_latency, int32_t write_latency, int32_t back_pressure, uint64_t seed, int32_t pins);

    void tern_fpga_destroy(tern_fpga *fpga);

    /// The memory; stays where it is.
    uint8_t *tern_fpga_memory(tern_fpga *fpga);

    /// The whole dirty map, 4096 bytes, the lowest bit first.
    void tern_fpga_dirty_map(tern_fpga *fpga, uint8_t *bits);

    int64_t tern_fpga_clocks(tern_fpga *fpga);
    int32_t tern_fpga_interrupt(tern_fpga *fpga);
    int32_t tern_fpga_busy(tern_fpga *fpga);

    /// The reset input, for 16 clocks; what is under way on the bus is lost with it.
    void tern_fpga_reset(tern_fpga *fpga);

    /// One selection: so many bytes at the byte port or on the pins, and the eight clocks for which CS must be high after it.
    void tern_fpga_exchange(tern_fpga *fpga, const uint8_t *mosi, uint8_t *miso, int32_t count, int32_t picoseconds_per_byte);

    /// Lets at most so many clocks pass, and returns how many did: no more than until nothing is under way.
    int64_t tern_fpga_run(tern_fpga *fpga, int64_t clocks);

    /// Null, or what rule of AXI the core has broken. It stays.
    const char *tern_fpga_fault(tern_fpga *fpga);

    /// For the library's own check: with 0, clocks in which nothing can change are simulated like any other.
    void tern_fpga_skip_idle_clocks(tern_fpga *fpga, int32_t skip);
}
#pragma GCC visibility pop
