// The CRC-32 of Ethernet and zip (reflected, polynomial 0x04C11DB7) over BYTES bytes in one step, lowest byte first. No registers:
// the user keeps the state, starts it with all ones and inverts it at the end.
`default_nettype none

module tern_crc32 #(
    parameter BYTES = 1
) (
    input  wire [31:0]        state,
    input  wire [8*BYTES-1:0] data,
    output reg  [31:0]        next
);
    integer i;

    always @* begin
        next = state;
        for (i = 0; i < 8 * BYTES; i = i + 1)
            next = {1'b0, next[31:1]} ^ ((next[0] ^ data[i]) ? 32'hEDB88320 : 32'h00000000);
    end
endmodule

`default_nettype wire
