// The dirty map: one bit a granule in one block RAM. Writes to intercepted regions set bits; a job reads them, 64 to a word, and clears each
// in the same step if asked to.
//
// Invariants: a mark that was accepted is seen by every later reading, and a clearing reading gives each mark exactly once: a bit is
// cleared only if no mark came since it was read, otherwise it is read again. Marks wait for a reading at most two clocks at a time, and a
// reading gets a turn after at most sixteen marks.
`default_nettype none

module tern_dirty_map #(
    parameter LOG2 = 15
) (
    input  wire            clk,
    input  wire            reset,

    input  wire            mark,
    input  wire [LOG2-1:0] mark_bit,
    output wire            mark_ready,

    input  wire            run,                     // words are wanted, from first_bit on (which is read while this is low)
    input  wire [LOG2-1:0] first_bit,               // a multiple of 64
    input  wire [LOG2-5:0] words,
    input  wire            clear,
    output wire            valid,
    output wire [63:0]     data,
    input  wire            take
);
    reg            memory [0:(1 << LOG2) - 1];
    reg [LOG2-1:0] at;                              // the bit that is read next, or was read
    reg [LOG2-5:0] words_left;
    reg [5:0]      collected;
    reg            full;                            // the word is complete
    reg            fetched;                         // `seen` is the bit at `at`
    reg            seen;
    reg [63:0]     word;
    reg [3:0]      lost;                            // turns that were lost to marks
    reg            turn;                            // marks wait

    wire works = run && words_left != 0 && !full;
    wire undisturbed = !mark || turn;
    wire commit = works && fetched && undisturbed;
    wire [LOG2-1:0] read_bit = commit ? at + 1'b1 : at;

    assign mark_ready = !turn;
    assign valid = full;
    assign data = word;

    always @(posedge clk) begin
        if (mark && mark_ready)
            memory[mark_bit] <= 1'b1;
        else if (commit && clear)
            memory[at] <= 1'b0;
        seen <= memory[read_bit];
    end

    always @(posedge clk) begin
        if (reset || !run) begin
            at <= first_bit;
            words_left <= words;
            collected <= 6'd0;
            full <= 1'b0;
            fetched <= 1'b0;
            lost <= 4'd0;
            turn <= 1'b0;
        end else begin
            at <= read_bit;
            fetched <= works && undisturbed;        // a bit that is marked in this very clock is not relied on
            if (commit) begin
                word <= {seen, word[63:1]};
                collected <= collected + 6'd1;
                if (collected == 6'd63) begin
                    full <= 1'b1;
                    words_left <= words_left - 1'b1;
                end
            end
            if (full && take)
                full <= 1'b0;
            turn <= !commit && (turn || lost == 4'd15) && works;
            lost <= works && !undisturbed ? lost + 4'd1 : lost;
            if (commit)
                lost <= 4'd0;
        end
    end

`ifdef FORMAL
`include "dirty_map_properties.vh"
`endif
endmodule

`default_nettype wire
