// The core behind its byte port: what a selection's bytes do when the SPI slave has put them together. The slave's part is played here: the
// lead bytes, and the byte that goes out next is taken as the one before ends.
#pragma once
#include "../generated/protocol.h"
#include "Vtern_core.h"
#include "Vtern_core___024root.h"
#include "machine.h"

struct BytePortParts
{
    using Top = Vtern_core;
    static constexpr int Settles = 2;           // clocks until the sender knows that a reply is there

    static bool under_way(const Top &top)
    {
        return top.rootp->tern_core__DOT__queue__DOT__held != 0 || top.rootp->tern_core__DOT__decoder__DOT__waiting
            || top.rootp->tern_core__DOT__decoder__DOT__aborting;
    }

    static const auto &map(const Top &top) { return top.rootp->tern_core__DOT__map__DOT__memory; }

    static void deselect(Top &top) { top.active = 0, top.rx_valid = 0, top.tx_take = 0; }
};

class BytePortMachine : public Machine<BytePortParts>
{
public:
    using Machine::Machine;

    void exchange(const uint8_t *mosi, uint8_t *miso, int count, int picoseconds_per_byte) override
    {
        uint8_t next = TERN_LEAD_0;
        for (int i = 0; i < count; i++)
        {
            top.active = 1;
            if (i == 0)
                changed();
            uint8_t received = mosi[i];         // both may be one piece of memory
            int64_t time = clocks_of(picoseconds_per_byte);
            pass(time - 1);
            miso[i] = next;
            next = TERN_LEAD_1;
            if (i > 0)
            {
                next = top.tx_valid ? top.tx_data : 0;
                top.tx_take = top.tx_valid;
            }
            top.rx_valid = 1, top.rx_data = received;
            changed(), tick();
            top.rx_valid = 0, top.tx_take = 0;
            changed();
        }
        top.active = 0;
        changed();
        pass(Pause);
    }
};
