// SPI slave, mode 0, whose shift registers run on SCK itself; asynchronous FIFOs carry the bytes to and from the clock. SCK may be as
// fast as eight bits take at least eight clocks, that is up to the clock's own rate; CS must be high for eight clocks between frames.
//
// Byte port as in the oversampled slave. SCK stands still between frames, so nothing here needs an edge after the last bit:
// a received byte is complete in the FIFO with its own eighth edge, and the sending side is set back by CS. The two lead bytes are
// constants; they give the first byte of the stream sixteen edges to come across.
`default_nettype none
`include "tern_protocol.vh"

module tern_spi_slave_clocked (
    input  wire       clk,
    input  wire       reset,

    input  wire       sck,
    /* verilator lint_off SYNCASYNCNET */
    input  wire       cs_n,                         // resets SCK's side at once and is sampled by the clock's
    /* verilator lint_on SYNCASYNCNET */
    input  wire       mosi,
    output wire       miso,

    output wire       active,
    output wire       rx_valid,
    output wire [7:0] rx_data,
    input  wire       tx_valid,
    input  wire [7:0] tx_data,
    output wire       tx_take
);
    // Receiving, on SCK's rising edge. CS resets the bit count only: the last byte may still be on its way to the clock.
    reg [2:0] rx_bits;
    reg [6:0] rx_shift;

    always @(posedge sck)
        rx_shift <= {rx_shift[5:0], mosi};

    always @(posedge sck or posedge cs_n) begin
        if (cs_n)
            rx_bits <= 3'd0;
        else
            rx_bits <= rx_bits + 3'd1;
    end

    wire rx_full;
    wire rx_ready;

    tern_async_fifo #(.WIDTH(8), .LOG2(3)) rx_fifo (
        .put_clk(sck), .put_reset(rx_reset), .put(rx_bits == 3'd7), .put_data({rx_shift, mosi}), .full(rx_full),
        .take_clk(clk), .take_reset(rx_reset), .take(rx_ready), .valid(rx_ready), .data(rx_data)
    );

    assign rx_valid = rx_ready;

    wire unused = &{1'b0, rx_full};     // the clock side empties it at one byte a clock

    // CS as the clock sees it; `active` ends when every byte that came before CS rose has been handed over.
    (* ASYNC_REG = "TRUE" *) reg [1:0] cs_seen;
    reg [3:0] selected;
    reg       rx_reset;
    reg       tx_reset;

    assign active = |selected || rx_ready;

    always @(posedge clk) begin
        cs_seen <= {cs_seen[0], cs_n};
        selected <= reset ? 4'd0 : {selected[2:0], !cs_seen[1]};
        rx_reset <= reset;
        tx_reset <= reset || cs_seen[1];
    end

    // Sending, on SCK's falling edge.
    reg [2:0] tx_bits;
    reg [7:0] tx_shift;
    reg       led;
    wire      tx_full;
    wire      tx_there;
    wire [7:0] tx_next;
    wire      tx_load = tx_bits == 3'd7;

    tern_async_fifo #(.WIDTH(8), .LOG2(3)) tx_fifo (
        .put_clk(clk), .put_reset(tx_reset), .put(tx_take), .put_data(tx_data), .full(tx_full),
        .take_clk(!sck), .take_reset(cs_n), .take(tx_load && led), .valid(tx_there), .data(tx_next)
    );

    assign tx_take = tx_valid && !tx_full && !tx_reset;
    assign miso = tx_shift[7];

    always @(negedge sck or posedge cs_n) begin
        if (cs_n) begin
            tx_bits <= 3'd0;
            led <= 1'b0;
            tx_shift <= `TERN_LEAD_0;
        end else begin
            tx_bits <= tx_bits + 3'd1;
            tx_shift <= {tx_shift[6:0], 1'b0};
            if (tx_load) begin
                led <= 1'b1;
                tx_shift <= !led ? `TERN_LEAD_1 : tx_there ? tx_next : 8'h00;
            end
        end
    end
endmodule

`default_nettype wire
