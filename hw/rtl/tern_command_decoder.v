// Front end: decides what a frame in order means, queues jobs, sets registers, and keeps the reply until the next command is taken.
//
// Invariants: a command is executed at most once: a frame with the last taken command's sequence number only has its reply sent again.
// While a command is unanswered, only Abort is taken. After a reset nothing is executed before Identify. Every argument is checked here,
// so that the back end never sees a job that it could not do; whether an address exists is for the engine and the memory to say.
`default_nettype none
`include "tern_protocol.vh"
`include "tern_jobs.vh"

module tern_command_decoder #(
    parameter PAYLOAD_LOG2 = 12,
    parameter QUEUE_LOG2 = 4,
    parameter MAP_LOG2 = 15
) (
    input  wire         clk,
    input  wire         reset,

    // From the frame checker.
    input  wire         good,
    input  wire         bad,
    input  wire [7:0]   verdict,
    input  wire         payload_refused,
    input  wire [127:0] header,

    // To the frame sender.
    output wire         pending,
    output reg  [7:0]   reply_sequence,
    output reg  [7:0]   status,
    output reg  [15:0]  length,
    output reg  [7:0]   link,
    output wire [7:0]   flags,
    output reg  [31:0]  value,
    output wire [31:0]  counts,
    output reg          identify,

    // To the queue.
    output wire         job_put,
    output wire [109:0] job,
    input  wire         queue_full,
    input  wire [QUEUE_LOG2:0] queue_room,
    input  wire         running,                    // a job waits or runs

    // From the back end: a job ended; all jobs were aborted; how a job ended.
    input  wire         finished,
    input  wire [7:0]   finished_number,
    input  wire [7:0]   finished_status,
    input  wire         finished_buffer,            // it owned the payload's buffer
    input  wire         finished_last,
    output reg          aborting,                      // held until `aborted`
    input  wire         aborted,
    output wire [7:0]   asked_number,
    input  wire         asked_known,
    input  wire [7:0]   asked_status,
    input  wire [31:0]  asked_value,

    output reg          buffer_busy,
    output wire         irq,

    // To the interceptor.
    output wire         region_set,
    output wire [1:0]   region,
    output wire [19:0]  region_primary,             // pages of 4 KB
    output wire [19:0]  region_redundant,
    output wire [19:0]  region_pages,
    output wire [3:0]   region_shift                // granules of 2^(8+shift) bytes
);
    wire [7:0]  command = header[7:0];
    wire [7:0]  number = header[15:8];
    wire [15:0] payload = header[31:16];
    wire [31:0] argument0 = header[63:32];
    wire [31:0] argument1 = header[95:64];
    wire [31:0] argument2 = header[127:96];

    reg         introduced;
    reg         waiting;                            // for the job whose result is the reply's payload
    reg [7:0]   waiting_number;
    reg [7:0]   next_number;
    reg [7:0]   last_finished;
    reg [2:0]   causes;
    reg [2:0]   enabled;
    reg [7:0]   bad_frames;

    // Is the frame to be executed?
    wire poll = command == `TERN_CMD_POLL;
    wire repeated = introduced && number == reply_sequence && command != `TERN_CMD_IDENTIFY;
    wire busy = payload_refused || (pending && command != `TERN_CMD_ABORT);
    wire take = good && !poll && !repeated && !busy;

    // What is it, and are its arguments in order?
    reg        known;
    reg        in_order;
    reg        queues;
    reg        answers;                             // the reply waits for the job
    reg [5:0]  what;

    wire short_read = argument2[31:PAYLOAD_LOG2+1] == 0 && argument2[PAYLOAD_LOG2:0] <= (1 << PAYLOAD_LOG2) && argument2 != 0;
    wire [MAP_LOG2-6:0] map_words_end = {1'b0, argument0[MAP_LOG2-1:6]} + argument2[MAP_LOG2-3:3];
    wire map_range = short_read && argument2[2:0] == 0 && argument2[31:MAP_LOG2-2] == 0 && argument0[31:MAP_LOG2] == 0 && argument0[5:0] == 0
        && (!map_words_end[MAP_LOG2-6] || map_words_end[MAP_LOG2-7:0] == 0);

    wire [3:0]  shift = argument2[3:0] - 4'd8;
    wire [19:0] last_page = argument2[31:12] - 20'd1;
    // The last granule must have a bit: a region's share of the map holds 2^(MAP_LOG2-2) granules of 2^(8+shift) bytes.
    wire [19:0] last_granule_bound = (last_page >> shift) >> (MAP_LOG2 - 6);
    wire region_range = argument0[11:2] == 0 && argument1[11:0] == 0 && argument2[11:5] == 0
        && argument2[4:0] >= 5'd8 && argument2[4:0] <= 5'd16 && (argument2[31:12] == 0 || last_granule_bound == 0);

    always @* begin
        known = 1'b1;
        in_order = 1'b1;
        queues = 1'b0;
        answers = 1'b0;
        what = {1'b0, `TERN_TO_MEMORY, `TERN_FROM_MEMORY};
        case (command)
            `TERN_CMD_IDENTIFY, `TERN_CMD_STATUS, `TERN_CMD_ABORT, `TERN_CMD_INTERRUPT_ENABLE, `TERN_CMD_INTERRUPT_ACKNOWLEDGE: ;
            `TERN_CMD_WRITE: begin
                queues = 1'b1;
                in_order = payload != 0;
                what = {1'b0, `TERN_TO_MEMORY, `TERN_FROM_PAYLOAD};
            end
            `TERN_CMD_READ: begin
                queues = 1'b1;
                answers = 1'b1;
                in_order = short_read;
                what = {1'b0, `TERN_TO_REPLY, `TERN_FROM_MEMORY};
            end
            `TERN_CMD_FILL: begin
                queues = 1'b1;
                what = {1'b0, `TERN_TO_MEMORY, `TERN_FROM_PATTERN};
            end
            `TERN_CMD_COPY: queues = 1'b1;
            `TERN_CMD_COMPARE: begin
                queues = 1'b1;
                what = {1'b0, `TERN_TO_COMPARISON, `TERN_FROM_MEMORY};
            end
            `TERN_CMD_CRC: begin
                queues = 1'b1;
                what = {1'b0, `TERN_TO_CRC, `TERN_FROM_MEMORY};
            end
            `TERN_CMD_COPY_LIST: begin
                queues = 1'b1;
                in_order = payload != 0 && payload[3:0] == 0;
                what = {1'b1, `TERN_TO_MEMORY, `TERN_FROM_MEMORY};
            end
            `TERN_CMD_DIRTY_READ: begin
                queues = 1'b1;
                answers = 1'b1;
                in_order = map_range;
                what = {1'b0, `TERN_TO_REPLY, `TERN_FROM_MAP};
            end
            `TERN_CMD_DIRTY_CLEAR: begin
                queues = 1'b1;
                in_order = map_range;
                what = {1'b0, `TERN_TO_NOWHERE, `TERN_FROM_MAP};
            end
            `TERN_CMD_INTERCEPT_REGION: in_order = region_range;
            default: known = 1'b0;
        endcase
    end

    wire welcome = introduced || command == `TERN_CMD_IDENTIFY;
    wire accepted = take && welcome && known && in_order;
    wire uses_buffer = what[5] || what[1:0] == `TERN_FROM_PAYLOAD;
    wire uses_map = what[1:0] == `TERN_FROM_MAP;

    assign job_put = accepted && queues && !queue_full;
    assign job = {what, next_number,
                  uses_buffer ? {16'd0, payload} : argument2,
                  uses_map ? {31'd0, argument1[0] || !answers} : argument1,
                  argument0};

    assign region_set = accepted && command == `TERN_CMD_INTERCEPT_REGION;
    assign region = argument0[1:0];
    assign region_primary = argument0[31:12];
    assign region_redundant = argument1[31:12];
    assign region_pages = argument2[31:12];
    assign region_shift = shift;

    assign asked_number = argument0[7:0];
    // Jobs end in order, so those between the last that ended and the next to be given are under way.
    wire [7:0] under_way = next_number + ~last_finished;
    wire [7:0] asked_ahead = argument0[7:0] + ~last_finished;
    wire       asked_waits = asked_ahead < under_way;

    assign pending = waiting || aborting;
    assign irq = |(causes & enabled);
    assign flags = {3'd0, introduced, irq, queue_full, buffer_busy, running};
    assign counts = {bad_frames, 5'd0, causes, {(7 - QUEUE_LOG2){1'b0}}, queue_room, last_finished};

    always @(posedge clk) begin
        if (reset) begin
            introduced <= 1'b0;
            waiting <= 1'b0;
            aborting <= 1'b0;
            buffer_busy <= 1'b0;
            next_number <= 8'd1;
            last_finished <= 8'd0;
            causes <= 3'd0;
            enabled <= 3'd0;
            bad_frames <= 8'd0;
            reply_sequence <= 8'd0;
            status <= `TERN_STATUS_NOT_INTRODUCED;
            length <= 16'd0;
            link <= `TERN_LINK_TAKEN;
            value <= 32'd0;
            identify <= 1'b0;
            waiting_number <= 8'd0;
        end else begin
            // What happens by itself.
            if (finished) begin
                last_finished <= finished_number;
                if (finished_buffer)
                    buffer_busy <= 1'b0;
                if (waiting && finished_number == waiting_number) begin
                    waiting <= 1'b0;
                    status <= finished_status;
                    if (finished_status != `TERN_STATUS_OK)
                        length <= 16'd0;
                end
            end
            if (aborted)
                aborting <= 1'b0;
            causes <= (causes & ~(accepted && command == `TERN_CMD_INTERRUPT_ACKNOWLEDGE ? argument0[2:0] : 3'd0))
                | {finished && finished_last, finished && finished_status != `TERN_STATUS_OK, finished && finished_status == `TERN_STATUS_OK};

            // What a frame asks for.
            if (bad) begin
                link <= verdict;
                bad_frames <= bad_frames + 8'd1;
            end
            if (good)
                link <= poll ? `TERN_LINK_TAKEN : repeated ? `TERN_LINK_REPEATED : busy ? `TERN_LINK_BUSY : `TERN_LINK_TAKEN;
            if (take) begin
                reply_sequence <= number;
                length <= 16'd0;
                value <= 32'd0;
                identify <= 1'b0;
                status <= !welcome ? `TERN_STATUS_NOT_INTRODUCED : !known ? `TERN_STATUS_BAD_COMMAND
                    : !in_order ? `TERN_STATUS_BAD_ARGUMENT : queues && queue_full ? `TERN_STATUS_QUEUE_FULL : `TERN_STATUS_OK;
            end
            if (accepted) begin
                case (command)
                    `TERN_CMD_IDENTIFY: begin
                        introduced <= 1'b1;
                        identify <= 1'b1;
                        length <= 16'd16;
                    end
                    `TERN_CMD_STATUS: begin
                        status <= asked_waits ? `TERN_STATUS_QUEUED : asked_known ? asked_status : `TERN_STATUS_UNKNOWN_JOB;
                        value <= asked_waits || !asked_known ? 32'd0 : asked_value;
                    end
                    `TERN_CMD_ABORT: begin
                        aborting <= 1'b1;
                        waiting <= 1'b0;
                    end
                    `TERN_CMD_INTERRUPT_ENABLE: enabled <= argument0[2:0];
                    default: ;
                endcase
            end
            if (job_put) begin
                next_number <= next_number + 8'd1;
                value <= {24'd0, next_number};
                waiting <= answers;
                waiting_number <= next_number;
                if (answers)
                    length <= argument2[15:0];
                if (uses_buffer)
                    buffer_busy <= 1'b1;
            end
        end
    end
endmodule

`default_nettype wire
