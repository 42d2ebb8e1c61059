// Back end, above the engine: takes jobs from the queue one after the other, steps through lists, keeps the results of the last jobs,
// and empties the queue on abort.
//
// Invariants: every job that was put ends exactly once with `finished`, in order. Once `aborting` is up, the engine is told to stop, no job
// is begun, and every job that is left ends as aborted; `aborted` then says that the bus is quiet.
`default_nettype none
`include "tern_protocol.vh"
`include "tern_jobs.vh"

module tern_job_runner #(
    parameter PAYLOAD_LOG2 = 12,
    parameter RESULTS_LOG2 = 4                      // results of the last 2^n jobs are known; at least as many as may wait
) (
    input  wire         clk,
    input  wire         reset,

    input  wire         job_valid,
    input  wire [109:0] job,
    output wire         job_take,
    input  wire         queue_empty,                // no job waits or runs

    input  wire         aborting,
    output wire         aborted,
    output wire         finished,
    output wire [7:0]   finished_number,
    output wire [7:0]   finished_status,
    output wire         finished_buffer,
    input  wire [7:0]   asked_number,
    output wire         asked_known,
    output wire [7:0]   asked_status,
    output wire [31:0]  asked_value,

    // The payload's buffer: its word at `buffer_word` stands at `buffer_data` one clock later.
    output wire [PAYLOAD_LOG2-4:0] buffer_word,
    input  wire [63:0]  buffer_data,

    output wire         engine_start,
    output wire [4:0]   engine_what,
    output wire [31:0]  engine_source,
    output wire [31:0]  engine_destination,
    output wire [31:0]  engine_length,
    output wire         engine_stop,
    input  wire         engine_feed_take,           // the engine took the buffer's current word
    input  wire         engine_done,
    input  wire [7:0]   engine_status,
    input  wire [31:0]  engine_value
);
    localparam [1:0] IDLE = 2'd0, ENTRY = 2'd1, ENTRY_LENGTH = 2'd2, RUN = 2'd3;

    wire        list = job[109];
    wire [7:0]  number = job[103:96];
    wire [31:0] length = job[95:64];

    reg [1:0]   state;
    reg [PAYLOAD_LOG2-3:0] word;
    reg [31:0]  entry_source;
    reg [31:0]  entry_destination;

    wire entries_left = list && word != length[PAYLOAD_LOG2:3];
    wire start_entry = state == ENTRY_LENGTH && !aborting;
    wire start_job = state == IDLE && job_valid && !aborting && !list;
    wire ended = (state == RUN && engine_done && !(entries_left && engine_status == `TERN_STATUS_OK && !aborting)) || (state == ENTRY_LENGTH && aborting);
    wire dropped = state == IDLE && aborting && job_valid;
    wire advance = engine_feed_take || state == ENTRY || state == ENTRY_LENGTH;
    wire [PAYLOAD_LOG2-3:0] word_next = advance ? word + 1'b1 : word;

    assign buffer_word = word_next[PAYLOAD_LOG2-4:0];
    assign engine_start = start_job || start_entry;
    assign engine_what = job[108:104];
    assign engine_source = list ? entry_source : job[31:0];
    assign engine_destination = list ? entry_destination : job[63:32];
    assign engine_length = list ? buffer_data[31:0] : length;
    assign engine_stop = aborting;

    assign finished = ended || dropped;
    assign finished_number = number;
    assign finished_status = dropped || state == ENTRY_LENGTH || (aborting && engine_status == `TERN_STATUS_OK && entries_left)
        ? `TERN_STATUS_ABORTED : engine_status;
    assign finished_buffer = list || job[105:104] == `TERN_FROM_PAYLOAD;
    assign job_take = finished;
    assign aborted = state == IDLE && aborting && queue_empty;

    always @(posedge clk) begin
        if (reset) begin
            state <= IDLE;
            word <= 0;
        end else begin
            word <= word_next;
            case (state)
                IDLE:
                    if (job_valid && !aborting)
                        state <= list ? ENTRY : RUN;
                ENTRY:
                    state <= ENTRY_LENGTH;
                ENTRY_LENGTH:
                    state <= aborting ? IDLE : RUN;
                RUN:
                    if (engine_done)
                        state <= ended ? IDLE : ENTRY;
            endcase
            if (finished)
                word <= 0;
        end
        if (state == ENTRY) begin
            entry_source <= buffer_data[31:0];
            entry_destination <= buffer_data[63:32];
        end
    end

    // Results, by the number's low bits; a slot counts only once it was written since the last reset.
    reg [47:0] results [0:(1 << RESULTS_LOG2) - 1];
    reg [(1 << RESULTS_LOG2) - 1:0] written;
    wire [47:0] asked = results[asked_number[RESULTS_LOG2-1:0]];

    assign asked_known = written[asked_number[RESULTS_LOG2-1:0]] && asked[47:40] == asked_number;
    assign asked_status = asked[39:32];
    assign asked_value = asked[31:0];

    always @(posedge clk) begin
        if (finished)
            results[number[RESULTS_LOG2-1:0]] <= {number, finished_status, engine_value};
        if (reset)
            written <= 0;
        else if (finished)
            written[number[RESULTS_LOG2-1:0]] <= 1'b1;
    end
endmodule

`default_nettype wire
