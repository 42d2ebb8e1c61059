// A FIFO between two clocks, for the few bytes between SCK and the core's clock.
//
// Gray-coded pointers pass through two registers of the other clock, so a pointer is read as its old or its new value, never as a
// mixture. The reader therefore sees a word late, never early, and the writer sees room late, never early.
// Each side has a reset of its own, because SCK stands still between frames: resetting one side only is right if both pointers are zero
// or the other side is reset while this one is.
`default_nettype none

module tern_async_fifo #(
    parameter WIDTH = 8,
    parameter LOG2 = 3
) (
    input  wire             put_clk,
    input  wire             put_reset,      // asynchronous
    input  wire             put,
    input  wire [WIDTH-1:0] put_data,
    output wire             full,

    input  wire             take_clk,
    input  wire             take_reset,     // asynchronous
    input  wire             take,
    output wire             valid,
    output wire [WIDTH-1:0] data
);
    reg [WIDTH-1:0] memory [0:(1 << LOG2) - 1];

    reg [LOG2:0] head, head_gray, tail, tail_gray;
    (* ASYNC_REG = "TRUE" *) reg [LOG2:0] head_seen_early, head_seen;
    (* ASYNC_REG = "TRUE" *) reg [LOG2:0] tail_seen_early, tail_seen;

    // A pointer as the other clock's edge finds it. For the proof its changing bits arrive each in its own time.
    wire [LOG2:0] head_arrived, tail_arrived;
`ifndef FORMAL
    assign head_arrived = head_gray;
    assign tail_arrived = tail_gray;
`endif

    wire [LOG2:0] head_next = head + 1'b1;
    wire [LOG2:0] tail_next = tail + 1'b1;

    // In Gray code a full FIFO's pointers differ in the two upper bits and in no other.
    assign full = head_gray == {~tail_seen[LOG2:LOG2-1], tail_seen[LOG2-2:0]};
    assign valid = tail_gray != head_seen;
    assign data = memory[tail[LOG2-1:0]];

    always @(posedge put_clk) begin
        if (put && !full)
            memory[head[LOG2-1:0]] <= put_data;
    end

    always @(posedge put_clk or posedge put_reset) begin
        if (put_reset) begin
            head <= 0;
            head_gray <= 0;
            tail_seen_early <= 0;
            tail_seen <= 0;
        end else begin
            tail_seen_early <= tail_arrived;
            tail_seen <= tail_seen_early;
            if (put && !full) begin
                head <= head_next;
                head_gray <= head_next ^ (head_next >> 1);
            end
        end
    end

    always @(posedge take_clk or posedge take_reset) begin
        if (take_reset) begin
            tail <= 0;
            tail_gray <= 0;
            head_seen_early <= 0;
            head_seen <= 0;
        end else begin
            head_seen_early <= head_arrived;
            head_seen <= head_seen_early;
            if (take && valid) begin
                tail <= tail_next;
                tail_gray <= tail_next ^ (tail_next >> 1);
            end
        end
    end

`ifdef FORMAL
`include "async_fifo_properties.vh"
`endif
endmodule

`default_nettype wire
