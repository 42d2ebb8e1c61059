// The frame checker: takes a command frame byte by byte, keeps its header, stores its payload, and says at the end of the selection
// whether it was in order.
//
// Invariants: `good` is given only for a frame whose length fits, whose every byte came and whose CRC-32 matches; every other selection
// with at least one byte gives `bad` instead. Both come after the selection has ended, for one clock, never together. While `payload_refused`,
// a good frame's payload was not stored, because its buffer belonged to a job when the payload began. Bytes after a frame's end are ignored:
// they are the clock for a longer reply.
`default_nettype none
`include "tern_protocol.vh"

module tern_frame_receiver #(
    parameter PAYLOAD_LOG2 = 12                     // payloads of at most 2^n bytes
) (
    input  wire         clk,
    input  wire         reset,

    input  wire         active,
    input  wire         rx_valid,
    input  wire [7:0]   rx_data,

    input  wire         buffer_busy,
    output wire [7:0]   buffer_write,
    output wire [PAYLOAD_LOG2-4:0] buffer_word,
    output wire [63:0]  buffer_data,

    output reg          good,
    output reg          bad,
    output reg  [7:0]   verdict,                    // why it was bad
    output reg          payload_refused,
    output wire [127:0] header                      // byte 0 in the lowest bits; holds until the next frame begins
);
    localparam [2:0] HEADER = 3'd0, PAYLOAD = 3'd1, CHECK = 3'd2, COMPLETE = 3'd3, OVERLONG = 3'd4;
    localparam [31:0] RESIDUE = 32'hDEBB20E3;       // the CRC register after a message and its own CRC-32

    reg [2:0]   state;
    reg [PAYLOAD_LOG2-1:0] count;                   // bytes of this part so far
    reg [31:0]  crc;
    reg         crc_good;
    reg         was_active;
    reg [127:0] bytes;

    wire [31:0] crc_next;
    wire [15:0] length = bytes[31:16];
    wire [15:0] length_now = bytes[39:24];          // the same while the header's last byte comes, one shift earlier
    wire [PAYLOAD_LOG2:0] count_next = {1'b0, count} + 1'b1;
    wire        refuse = count == 0 ? buffer_busy : payload_refused;
    wire        take = active && rx_valid;

    assign header = bytes;
    assign buffer_write = (take && state == PAYLOAD && !refuse) ? 8'h01 << count[2:0] : 8'h00;
    assign buffer_word = count[PAYLOAD_LOG2-1:3];
    assign buffer_data = {8{rx_data}};

    tern_crc32 #(.BYTES(1)) checksum (.state(crc), .data(rx_data), .next(crc_next));

    always @(posedge clk) begin
        if (take && state == HEADER)
            bytes <= {rx_data, bytes[127:8]};
    end

    always @(posedge clk) begin
        good <= 1'b0;
        bad <= 1'b0;
        was_active <= active && !reset;
        if (reset) begin
            state <= HEADER;
            count <= 0;
            crc <= 32'hFFFFFFFF;
            crc_good <= 1'b0;
        end else if (!active) begin
            if (was_active && (state != HEADER || count != 0)) begin
                good <= state == COMPLETE && crc_good;
                bad <= !(state == COMPLETE && crc_good);
                verdict <= state == COMPLETE ? `TERN_LINK_BAD_CRC : state == OVERLONG ? `TERN_LINK_BAD_LENGTH : `TERN_LINK_TRUNCATED;
            end
            state <= HEADER;
            count <= 0;
            crc <= 32'hFFFFFFFF;
            crc_good <= 1'b0;
        end else if (rx_valid) begin
            crc <= crc_next;
            count <= count_next[PAYLOAD_LOG2-1:0];
            case (state)
                HEADER:
                    if (count == 15) begin
                        count <= 0;
                        payload_refused <= 1'b0;
                        state <= length_now > (1 << PAYLOAD_LOG2) ? OVERLONG : length_now == 0 ? CHECK : PAYLOAD;
                    end
                PAYLOAD: begin
                    payload_refused <= refuse;
                    if (count_next == length[PAYLOAD_LOG2:0]) begin
                        count <= 0;
                        state <= CHECK;
                    end
                end
                CHECK:
                    if (count == 3) begin
                        crc_good <= crc_next == RESIDUE;
                        state <= COMPLETE;
                    end
                default: ;
            endcase
        end
    end

    wire unused = &{1'b0, length};

`ifdef FORMAL
`include "frame_receiver_properties.vh"
`endif
endmodule

`default_nettype wire
