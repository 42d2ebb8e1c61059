// Room for one frame's payload: a RAM of 64-bit words, written by bytes or words, read with one clock of latency. One block RAM.
`default_nettype none

module tern_frame_buffer #(
    parameter LOG2 = 9                          // 2^LOG2 words of 8 bytes
) (
    input  wire            clk,
    input  wire [7:0]      write,               // which bytes of the word are written
    input  wire [LOG2-1:0] write_word,
    input  wire [63:0]     write_data,
    input  wire [LOG2-1:0] read_word,
    output reg  [63:0]     read_data
);
    reg [63:0] memory [0:(1 << LOG2) - 1];
    integer lane;

    always @(posedge clk) begin
        for (lane = 0; lane < 8; lane = lane + 1)
            if (write[lane])
                memory[write_word][8*lane +: 8] <= write_data[8*lane +: 8];
        read_data <= memory[read_word];
    end
endmodule

`default_nettype wire
