// Sends the reply of the last command while the next one comes in: header, payload and CRC-32, byte by byte, as the SPI slave takes them.
//
// The slave itself has sent the two lead bytes. What decides the frame's shape (whether the reply is there, and its length) is held from
// the selection's beginning to its end, so a reply that becomes ready in the middle shows in the next frame, whole. Bytes after the
// CRC-32 are zero.
`default_nettype none
`include "tern_protocol.vh"

module tern_frame_sender #(
    parameter PAYLOAD_LOG2 = 12
) (
    input  wire         clk,
    input  wire         reset,

    input  wire         active,
    output reg          tx_valid,
    output reg  [7:0]   tx_data,
    input  wire         tx_take,

    input  wire         pending,                    // the reply is not there yet
    input  wire [7:0]   reply_sequence,
    input  wire [7:0]   status,
    input  wire [15:0]  length,
    input  wire [7:0]   link,
    input  wire [7:0]   flags,
    input  wire [31:0]  value,
    input  wire [31:0]  counts,                     // the header's last four bytes
    input  wire         identify,                   // the payload is the identity
    input  wire [127:0] identity,

    output wire [PAYLOAD_LOG2-4:0] buffer_word,
    input  wire [63:0]  buffer_data
);
    localparam [1:0] HEADER = 2'd0, PAYLOAD = 2'd1, CHECK = 2'd2, PADDING = 2'd3;

    reg [1:0]  part;
    reg [PAYLOAD_LOG2-1:0] count;                   // of the byte that is fetched next, within its part
    reg        fetched;                             // the buffer has had its clock for this byte
    reg [31:0] crc;
    reg        held_pending;
    reg [PAYLOAD_LOG2:0] held_length;

    wire [31:0]  crc_next;
    wire [PAYLOAD_LOG2:0] count_next = {1'b0, count} + 1'b1;
    wire [15:0]  length_sent = {{(15 - PAYLOAD_LOG2){1'b0}}, held_length};
    reg  [7:0]   header;
    reg  [7:0]   stored;
    reg  [7:0]   next;

    assign buffer_word = count[PAYLOAD_LOG2-1:3];

    always @* begin
        case (count[3:0])
            `TERN_REPLY_SEQUENCE - 2: header = reply_sequence;
            `TERN_REPLY_STATUS - 2: header = held_pending ? `TERN_STATUS_PENDING : status;
            `TERN_REPLY_LENGTH - 2: header = length_sent[7:0];
            `TERN_REPLY_LENGTH - 1: header = length_sent[15:8];
            `TERN_REPLY_LINK - 2: header = link;
            `TERN_REPLY_FLAGS - 2: header = flags;
            `TERN_REPLY_VALUE - 2: header = value[7:0];
            `TERN_REPLY_VALUE - 1: header = value[15:8];
            `TERN_REPLY_VALUE: header = value[23:16];
            `TERN_REPLY_VALUE + 1: header = value[31:24];
            `TERN_REPLY_FINISHED_JOB - 2: header = counts[7:0];
            `TERN_REPLY_FREE_JOBS - 2: header = counts[15:8];
            `TERN_REPLY_INTERRUPTS - 2: header = counts[23:16];
            default: header = counts[31:24];
        endcase
        case (count[2:0])
            3'd0: stored = buffer_data[7:0];
            3'd1: stored = buffer_data[15:8];
            3'd2: stored = buffer_data[23:16];
            3'd3: stored = buffer_data[31:24];
            3'd4: stored = buffer_data[39:32];
            3'd5: stored = buffer_data[47:40];
            3'd6: stored = buffer_data[55:48];
            default: stored = buffer_data[63:56];
        endcase
        case (part)
            HEADER: next = header;
            PAYLOAD: next = identify ? identity[8*count[3:0] +: 8] : stored;
            CHECK: next = ~(count[1] ? (count[0] ? crc[31:24] : crc[23:16]) : (count[0] ? crc[15:8] : crc[7:0]));
            default: next = 8'h00;
        endcase
    end

    tern_crc32 #(.BYTES(1)) checksum (.state(crc), .data(next), .next(crc_next));

    always @(posedge clk) begin
        if (reset || !active) begin
            part <= HEADER;
            count <= 0;
            fetched <= 1'b0;
            tx_valid <= 1'b0;
            crc <= 32'hFFFFFFFF;
            held_pending <= pending;
            held_length <= pending ? 0 : length[PAYLOAD_LOG2:0];
        end else begin
            fetched <= 1'b1;
            if (fetched && (!tx_valid || tx_take)) begin
                fetched <= 1'b0;
                tx_valid <= 1'b1;
                tx_data <= next;
                count <= count_next[PAYLOAD_LOG2-1:0];
                if (part == HEADER || part == PAYLOAD)
                    crc <= crc_next;
                if (part == HEADER && count == 13) begin
                    count <= 0;
                    part <= held_length == 0 ? CHECK : PAYLOAD;
                end
                if (part == PAYLOAD && count_next == held_length) begin
                    count <= 0;
                    part <= CHECK;
                end
                if (part == CHECK && count == 3)
                    part <= PADDING;
            end else if (tx_take)
                tx_valid <= 1'b0;
        end
    end

    wire unused = &{1'b0, length};

`ifdef FORMAL
`include "frame_sender_properties.vh"
`endif
endmodule

`default_nettype wire
