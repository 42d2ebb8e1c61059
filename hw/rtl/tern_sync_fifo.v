// A FIFO on one clock. What was put first stands at `data` while `valid`, until it is taken: no read latency for the reader.
//
// Holds 2^LOG2 words and one more in the output register, which is also the block RAM's own read register.
// Invariants: nothing is put while full, nothing is taken while not valid (the other side's duty, asserted under FORMAL);
// words come out in the order in which they went in, each once.
`default_nettype none

module tern_sync_fifo #(
    parameter WIDTH = 8,
    parameter LOG2 = 4
) (
    input  wire             clk,
    input  wire             reset,
    input  wire             put,
    input  wire [WIDTH-1:0] put_data,
    output wire             full,
    output wire             valid,
    output wire [WIDTH-1:0] data,
    input  wire             take
);
    reg [WIDTH-1:0] memory [0:(1 << LOG2) - 1];
    reg [LOG2:0]    head;           // next to be written; one bit more than an index tells full from empty
    reg [LOG2:0]    tail;           // next to be fetched into the output register
    reg             out_valid;
    reg [WIDTH-1:0] out_data;

    wire stored = head != tail;
    wire fetch = stored && (!out_valid || take);

    assign full = head == {!tail[LOG2], tail[LOG2-1:0]};
    assign valid = out_valid;
    assign data = out_data;

    always @(posedge clk) begin
        if (put)
            memory[head[LOG2-1:0]] <= put_data;
        if (fetch)
            out_data <= memory[tail[LOG2-1:0]];
    end

    always @(posedge clk) begin
        if (reset) begin
            head <= 0;
            tail <= 0;
            out_valid <= 1'b0;
        end else begin
            if (put)
                head <= head + 1'b1;
            if (fetch)
                tail <= tail + 1'b1;
            out_valid <= fetch || (out_valid && !take);
        end
    end

`ifdef FORMAL
`include "sync_fifo_properties.vh"
`endif
endmodule

`default_nettype wire
