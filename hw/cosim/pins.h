// The core behind its pins: the bits of a selection go through the SCK-clocked SPI slave, in mode 0. SCK is a clock of its own; its edges fall
// between the core's wherever the selection's beginning and SCK's period put them.
#pragma once
#include "Vtern_spi_core.h"
#include "Vtern_spi_core___024root.h"
#include "machine.h"

struct PinsParts
{
    using Top = Vtern_spi_core;
    static constexpr int Settles = 16;          // clocks from the pins to the queue, through the FIFO between the clocks

    static bool under_way(const Top &top)
    {
        return top.rootp->tern_spi_core__DOT__core__DOT__queue__DOT__held != 0 || top.rootp->tern_spi_core__DOT__core__DOT__decoder__DOT__waiting
            || top.rootp->tern_spi_core__DOT__core__DOT__decoder__DOT__aborting;
    }

    static const auto &map(const Top &top) { return top.rootp->tern_spi_core__DOT__core__DOT__map__DOT__memory; }

    /// CS rises: that it is high from the first moment on would be no edge.
    static void deselect(Top &top)
    {
        top.cs_n = 0, top.sck = 0, top.mosi = 0;
        top.eval();
        top.cs_n = 1;
        top.eval();
    }
};

class PinsMachine : public Machine<PinsParts>
{
public:
    using Machine::Machine;

    void exchange(const uint8_t *mosi, uint8_t *miso, int count, int picoseconds_per_byte) override
    {
        top.cs_n = 0;
        top.eval();
        for (int i = 0; i < count; i++)
        {
            uint8_t sent = mosi[i];             // both may be one piece of memory
            miso[i] = 0;
            for (int bit = 0; bit < 8; bit++)
            {
                // A byte's time in sixteen halves; what the division leaves goes to the later ones.
                top.mosi = sent >> (7 - bit) & 1;
                top.eval();
                until(half(picoseconds_per_byte, 2 * bit + 1) - half(picoseconds_per_byte, 2 * bit));
                miso[i] |= uint8_t(top.miso << (7 - bit));
                top.sck = 1;
                top.eval();
                until(half(picoseconds_per_byte, 2 * bit + 2) - half(picoseconds_per_byte, 2 * bit + 1));
                top.sck = 0;
                top.eval();
            }
        }
        top.cs_n = 1;
        top.eval();
        until(Pause * Period);
    }

private:
    static int half(int picoseconds, int index) { return int(int64_t(picoseconds) * index / 16); }

    /// Lets so much time pass with the pins as they are; the clock's edges fall into it.
    void until(int picoseconds)
    {
        changed();
        for (int64_t count = clocks_of(picoseconds); count > 0; count--)
            tick();
    }
};
