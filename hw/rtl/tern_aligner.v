// Shifts a stream of 64-bit words from the source's byte alignment to the destination's.
//
// Each word is rotated by `shift` lanes; a lane below `shift` then comes from the word before. `skip_first` when the source begins at a
// higher lane than the destination: the first word alone fills no word of the destination. After the word that came with `last`, one more
// is put with what remained of it; who takes the words knows how many are meant and leaves the rest.
`default_nettype none

module tern_aligner (
    input  wire        clk,
    input  wire        restart,                     // holds everything empty; shift and skip_first may change
    input  wire [2:0]  shift,
    input  wire        skip_first,
    input  wire        in_valid,
    input  wire        in_last,
    input  wire [63:0] in_data,
    output wire        out_valid,
    output wire [63:0] out_data,
    output wire        busy                         // a word is on its way
);
    reg        valid;
    reg        last;
    reg        remainder;                           // what the last word left is to be put
    reg        begun;
    reg [63:0] rotated;                             // by shift modulo 4
    reg [63:0] previous;

    wire [127:0] doubled = {in_data, in_data};
    wire [63:0]  turned = doubled[64 - 8*shift[1:0] +: 64];
    wire [7:0]   from_before = ~(8'hFF << shift);

    assign out_valid = (valid && (begun || !skip_first)) || remainder;
    assign busy = valid || remainder;

    // The other half of the rotation, and the choice between two words, are one six-input function of each bit.
    genvar lane;
    generate
        for (lane = 0; lane < 8; lane = lane + 1) begin : merge
            wire [7:0] now = shift[2] ? rotated[8*((lane + 4) % 8) +: 8] : rotated[8*lane +: 8];
            wire [7:0] then = shift[2] ? previous[8*((lane + 4) % 8) +: 8] : previous[8*lane +: 8];
            assign out_data[8*lane +: 8] = from_before[lane] ? then : now;
        end
    endgenerate

    always @(posedge clk) begin
        if (restart) begin
            valid <= 1'b0;
            last <= 1'b0;
            remainder <= 1'b0;
            begun <= 1'b0;
        end else begin
            valid <= in_valid;
            last <= in_valid && in_last;
            remainder <= valid && last;
            if (valid)
                begun <= 1'b1;
        end
        if (in_valid)
            rotated <= turned;
        if (valid)
            previous <= rotated;
    end
endmodule

`default_nettype wire
