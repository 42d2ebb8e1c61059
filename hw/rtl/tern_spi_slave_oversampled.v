// SPI slave, mode 0, for SCK up to an eighth of the clock: SCK, MOSI and CS are sampled by the clock, and nothing runs on SCK itself.
//
// Byte port, the same as the SCK-clocked slave's: `active` while the chip is selected (CS as reset: it ends whatever was begun, a byte
// that was cut off is dropped), a received byte stands at `rx_data` for the one clock of `rx_valid`, a byte to send is taken with `tx_take`.
// A reply's two lead bytes are the slave's own; the byte port's stream begins after them. No byte ready in time is sent as zero.
`default_nettype none
`include "tern_protocol.vh"

module tern_spi_slave_oversampled (
    input  wire       clk,
    input  wire       reset,

    input  wire       sck,
    input  wire       cs_n,
    input  wire       mosi,
    output wire       miso,

    output wire       active,
    output reg        rx_valid,
    output reg  [7:0] rx_data,
    input  wire       tx_valid,
    input  wire [7:0] tx_data,
    output reg        tx_take
);
    (* ASYNC_REG = "TRUE" *) reg [2:0] sck_seen;    // [0] may be metastable; [2] is the one before
    (* ASYNC_REG = "TRUE" *) reg [1:0] cs_seen;
    (* ASYNC_REG = "TRUE" *) reg [1:0] mosi_seen;

    reg [2:0] rx_bits;
    reg [2:0] tx_bits;
    reg [7:0] tx_shift;
    reg       led;                                  // the second lead byte is on its way or gone
    reg       over;                                 // active is one clock behind the last rx_valid
    reg       selected;

    wire rise = selected && sck_seen[1] && !sck_seen[2];
    wire fall = selected && !sck_seen[1] && sck_seen[2];

    assign active = !over;
    assign miso = tx_shift[7];

    always @(posedge clk) begin
        sck_seen <= {sck_seen[1:0], sck};
        cs_seen <= {cs_seen[0], cs_n};
        mosi_seen <= {mosi_seen[0], mosi};
        selected <= !cs_seen[1] && !reset;
        over <= !selected;
        rx_valid <= 1'b0;
        tx_take <= 1'b0;
        if (!selected) begin
            rx_bits <= 3'd0;
            tx_bits <= 3'd0;
            tx_shift <= `TERN_LEAD_0;
            led <= 1'b0;
        end else begin
            if (rise) begin
                rx_bits <= rx_bits + 3'd1;
                rx_data <= {rx_data[6:0], mosi_seen[1]};
                rx_valid <= rx_bits == 3'd7;
            end
            if (fall) begin
                tx_bits <= tx_bits + 3'd1;
                tx_shift <= {tx_shift[6:0], 1'b0};
                if (tx_bits == 3'd7) begin
                    led <= 1'b1;
                    if (!led)
                        tx_shift <= `TERN_LEAD_1;
                    else begin
                        tx_shift <= tx_valid ? tx_data : 8'h00;
                        tx_take <= tx_valid;
                    end
                end
            end
        end
    end
endmodule

`default_nettype wire
