// The C interface of the library: arguments are checked here, and a handle is a memory with the machine that was asked for.
#include "tern_fpga.h"
#include "byte_port.h"
#include "pins.h"
#include <memory>

struct tern_fpga
{
    tern_fpga(const Timing &timing, size_t size, uint64_t seed, bool pins) : timing(timing), memory(size)
    {
        if (pins)
            machine.reset(new PinsMachine(memory, this->timing, seed));
        else
            machine.reset(new BytePortMachine(memory, this->timing, seed));
        machine->reset();
        machine->clocks = 0;
    }

    const Timing timing;
    Memory memory;
    std::unique_ptr<AnyMachine> machine;
};

int32_t tern_fpga_interface(void) { return TERN_FPGA_INTERFACE; }

const char *tern_fpga_sources(void) { return SOURCES; }

tern_fpga *tern_fpga_create(int32_t memory_size, int32_t read_latency, int32_t write_latency, int32_t back_pressure, uint64_t seed, int32_t pins)
{
    auto outside = [](int32_t value, int32_t low, int32_t high) { return value < low || value > high; };
    if (outside(memory_size, 4096, 1 << 28) || (memory_size & (memory_size - 1)) != 0 || outside(read_latency, 0, 1000)
        || outside(write_latency, 0, 1000) || outside(back_pressure, 0, 90) || outside(pins, 0, 1))
        return nullptr;
    return new tern_fpga({read_latency, write_latency, back_pressure}, size_t(memory_size), seed, pins != 0);
}

void tern_fpga_destroy(tern_fpga *fpga) { delete fpga; }

uint8_t *tern_fpga_memory(tern_fpga *fpga) { return fpga->memory.bytes.data(); }

void tern_fpga_dirty_map(tern_fpga *fpga, uint8_t *bits) { fpga->machine->dirty_map(bits); }

int64_t tern_fpga_clocks(tern_fpga *fpga) { return fpga->machine->clocks; }

int32_t tern_fpga_interrupt(tern_fpga *fpga) { return fpga->machine->interrupt(); }

int32_t tern_fpga_busy(tern_fpga *fpga) { return fpga->machine->busy(); }

void tern_fpga_reset(tern_fpga *fpga) { fpga->machine->reset(); }

void tern_fpga_exchange(tern_fpga *fpga, const uint8_t *mosi, uint8_t *miso, int32_t count, int32_t picoseconds_per_byte)
{
    fpga->machine->exchange(mosi, miso, count, picoseconds_per_byte);
}

int64_t tern_fpga_run(tern_fpga *fpga, int64_t clocks) { return fpga->machine->run(clocks); }

const char *tern_fpga_fault(tern_fpga *fpga) { return fpga->machine->fault(); }

void tern_fpga_skip_idle_clocks(tern_fpga *fpga, int32_t skip) { fpga->machine->skips = skip != 0; }
