// The copy engine: moves bytes from memory, a pattern, a payload or the dirty map to memory, a reply, a CRC-32 or a comparison.
//
// AXI4 with 64 data bits: bursts of reads have at most 16 beats and end at multiples of 128 bytes, bursts of writes at most 8 and end at
// multiples of 64 (so none crosses 4 KB), reads and writes overlapped: reads run ahead as far as the FIFO has room for what was asked for, so
// the read side is always ready and a latency of up to the FIFO's depth costs nothing but its own time. Any alignment and length: reads are
// whole words, writes mask the first and the last one. Every read and write has the same ID, so answers come in the order of the addresses.
//
// A write burst is begun when all its words are in the FIFO, and then its address and its beats go out without waiting for one another. So a
// memory that takes an address only with its data is served, and so is one that answers no read while a write is open. Waiting for a burst's
// words costs a job as many clocks as its longest write burst has beats; hence 8 of them and not 16.
//
// Invariants: VALID never waits for a READY of its own burst, and stays up with its payload unchanged until READY. A burst that was begun is
// always completed: on abort and after an error no further one is begun, reads that are under way are dropped, what is left of begun write
// bursts writes nothing. `done` comes once for every `start`, when nothing is under way on the bus. A job touches no address outside
// [0, 2^WINDOW_BITS): it ends with an error there.
`default_nettype none
`include "tern_protocol.vh"
`include "tern_jobs.vh"

module tern_copy_engine #(
    parameter FIFO_LOG2 = 9,                        // at least 5
    parameter CRC_BYTES = 4,                        // bytes a clock of a region's CRC-32: 1, 2, 4 or 8
    parameter WINDOW_BITS = 32,
    parameter PAYLOAD_LOG2 = 12
) (
    input  wire        clk,
    input  wire        reset,

    input  wire        start,
    input  wire [4:0]  what,                        // see tern_jobs.vh
    input  wire [31:0] source,
    input  wire [31:0] destination,
    input  wire [31:0] length,
    input  wire        stop,
    output wire        done,
    output wire [7:0]  status,
    output wire [31:0] value,

    input  wire [63:0] feed_data,                   // the payload's current word
    output wire        feed_take,
    output wire        map_run,                     // the dirty map's words are wanted
    input  wire        map_valid,
    input  wire [63:0] map_data,
    output wire        map_take,
    output wire        reply_put,
    output wire [PAYLOAD_LOG2-4:0] reply_word,
    output wire [63:0] reply_data,

    output reg         arvalid,
    input  wire        arready,
    output reg  [31:0] araddr,
    output reg  [7:0]  arlen,
    input  wire        rvalid,
    output wire        rready,
    input  wire [63:0] rdata,
    input  wire [1:0]  rresp,

    output reg         awvalid,
    input  wire        awready,
    output reg  [31:0] awaddr,
    output reg  [7:0]  awlen,
    output reg         wvalid,
    input  wire        wready,
    output reg  [63:0] wdata,
    output reg  [7:0]  wstrb,
    output reg         wlast,
    input  wire        bvalid,
    output wire        bready,
    input  wire [1:0]  bresp
);
    localparam DEPTH = 1 << FIFO_LOG2;

    // ---- The job ---------------------------------------------------------------------------------------------------------------------
    reg        running;
    reg        halted;                              // no further burst is begun
    reg [1:0]  from;
    reg [2:0]  to;
    reg [31:0] pattern;
    reg [2:0]  shift;
    reg        skip_first;
    reg [7:0]  first_lanes;
    reg [7:0]  last_lanes;
    reg [7:0]  outcome;
    reg        at_read;                             // what ended the job is about read_word, not answer_word
    reg [2:0]  at_lane;

    wire [2:0]  source_lane = what[1:0] == `TERN_FROM_MEMORY ? source[2:0] : 3'd0;
    wire        addressed = what[4:2] == `TERN_TO_MEMORY || what[4:2] == `TERN_TO_COMPARISON;
    wire [2:0]  destination_lane = addressed ? destination[2:0] : 3'd0;
    wire [3:0]  source_slack = {1'b0, source_lane} + 4'd7;       // apart, so that there is one long adder and not two
    wire [3:0]  destination_slack = {1'b0, destination_lane} + 4'd7;
    wire [32:0] source_end = {1'b0, length} + {29'd0, source_slack};
    wire [32:0] destination_end = {1'b0, length} + {29'd0, destination_slack};
    wire [2:0]  end_lane = length[2:0] + destination_lane;

    wire halt = halted || stop;

    // ---- Source: bursts of reads, or words from inside the core -----------------------------------------------------------------------
    reg [28:0]          source_word;
    reg [29:0]          source_left;
    reg [28:0]          target_word;                // next burst of the destination: written, or read for a comparison
    reg [29:0]          target_left;
    reg [FIFO_LOG2+1:0] reserved;                   // words that were asked for and have not left the FIFO
    reg [FIFO_LOG2+1:0] under_way;                  // beats of reads that were asked for and have not come
    reg [5:0]           unanswered;                 // write bursts without an answer
    reg                 second;                     // the reads under way are the destination's, for a comparison

    wire [4:0]  source_room = 5'd16 - {1'b0, source_word[3:0]};
    wire [4:0]  source_beats = source_left < {25'd0, source_room} ? source_left[4:0] : source_room;
    wire [4:0]  target_room = 5'd16 - {1'b0, target_word[3] || writes, target_word[2:0]};
    wire [4:0]  target_beats = target_left < {25'd0, target_room} ? target_left[4:0] : target_room;
    wire        source_outside = WINDOW_BITS < 32 && |(source_word >> (WINDOW_BITS - 3));
    wire        target_outside = WINDOW_BITS < 32 && |(target_word >> (WINDOW_BITS - 3));

    wire writes = to == `TERN_TO_MEMORY;
    wire compares = to == `TERN_TO_COMPARISON;
    wire reads = from == `TERN_FROM_MEMORY;
    wire has_credit = reserved <= DEPTH - 16;
    wire address_free = !arvalid || arready;

    wire       fifo_valid;
    wire       fifo_take;
    wire [63:0] fifo_data;
    reg [FIFO_LOG2+1:0] unclaimed;                  // words in the FIFO that no burst of the destination was begun for
    wire       aligner_busy;

    // The end of the window: reached when everything before it was answered, so that the counters of addresses have come to it.
    wire source_ends = running && reads && source_outside && source_left != 0 && under_way == 0 && !arvalid;
    wire target_ends = running && target_outside && target_left != 0
        && (writes ? unanswered == 0 : compares && second && under_way == 0 && !arvalid);

    wire wants_source = running && !halt && source_left != 0 && has_credit;
    wire read_source = wants_source && reads && !second && address_free && !source_outside;
    wire wants_target = running && !halt && target_left != 0 && unclaimed >= {{(FIFO_LOG2-3){1'b0}}, target_beats};
    wire read_target = wants_target && compares && second && address_free && !target_outside;
    wire feed = wants_source && !reads && (from != `TERN_FROM_MAP || map_valid);

    wire [4:0] asked = read_source ? source_beats : read_target ? target_beats : 5'd0;
    wire [4:0] claimed = read_target || write_address ? target_beats : 5'd0;
    wire [4:0] promised = read_source ? source_beats : {4'd0, feed};

    wire [5:0] asked_change = {1'b0, asked} - {5'd0, beat};
    wire [5:0] claimed_change = {5'd0, put} - {1'b0, claimed};
    wire [5:0] promised_change = {1'b0, promised} - {5'd0, fifo_take};

    wire beat = rvalid && rready;
    wire first_beat = beat && !second;
    wire second_beat = beat && second;
    wire bad_read = beat && rresp[1] && !halted;

    // A comparison reads one side until the FIFO is full or the source at its end, then the other as far as the FIFO's words reach.
    wire quiet_reads = under_way == 0 && !arvalid && !aligner_busy;
    wire turn = compares && quiet_reads && (second ? !wants_target : !wants_source || source_outside);

    assign rready = !second || fifo_valid || halted;
    assign feed_take = feed && from == `TERN_FROM_PAYLOAD;
    assign map_take = feed && from == `TERN_FROM_MAP;
    assign map_run = running && !halt && from == `TERN_FROM_MAP;

    // Which word the next beat of the source's reads is, for an error's address.
    reg [28:0] read_word;

    always @(posedge clk) begin
        if (!running)
            read_word <= source[31:3];
        else if (first_beat && !bad_read && !halted)
            read_word <= read_word + 29'd1;
    end

    // ---- Alignment and FIFO ------------------------------------------------------------------------------------------------------------
    reg  [63:0] in_data;
    wire        in_valid = (first_beat && !halt) || feed;
    wire        in_last = reads ? source_left == 0 && under_way == 1 : source_left == 1;
    wire        put;
    wire [63:0] put_data;
    wire        fifo_full;
`ifdef FORMAL
    wire [FIFO_LOG2+1:0] fifo_held;
`endif

    always @* begin
        case (from)
            `TERN_FROM_MEMORY: in_data = rdata;
            `TERN_FROM_PATTERN: in_data = {pattern, pattern};
            `TERN_FROM_PAYLOAD: in_data = feed_data;
            default: in_data = map_data;
        endcase
    end

    tern_aligner aligner (
        .clk(clk), .restart(!running), .shift(shift), .skip_first(skip_first),
        .in_valid(in_valid), .in_last(in_last), .in_data(in_data), .out_valid(put), .out_data(put_data), .busy(aligner_busy)
    );

    tern_sync_fifo #(.WIDTH(64), .LOG2(FIFO_LOG2)) fifo (
`ifdef FORMAL
        .held(fifo_held),
`endif
        .clk(clk), .reset(!running), .put(put), .put_data(put_data), .full(fifo_full),
        .valid(fifo_valid), .data(fifo_data), .take(fifo_take)
    );

    // ---- Destination -------------------------------------------------------------------------------------------------------------------
    reg [29:0] words_left;                          // that the destination still takes
    reg        first_word;
    reg [2:0]  lane_word;                           // the next write beat's place between multiples of 64 bytes
    reg [1:0]  open;                                // write bursts that were begun and whose beats are not all given
    reg [28:0] answer_word;                         // what the next answer is about: a burst written, or a word compared

    wire write_free = !wvalid || wready;
    wire write_beat = open != 0 && write_free && fifo_valid;
    wire last_word = words_left == 1;
    wire write_last = last_word || lane_word == 3'd7;
    wire [7:0] lanes = (first_word ? first_lanes : 8'hFF) & (last_word ? last_lanes : 8'hFF);

    // A burst is begun when its words are there, were it while the one before is being written.
    wire write_address = wants_target && writes && !awvalid && !target_outside && !open[1] && unanswered != 6'd63;

    wire answer = bvalid && bready;
    wire bad_write = answer && bresp[1];

    wire [63:0] difference = fifo_data ^ rdata;
    reg  [7:0]  differs;
    reg  [2:0]  first_lane;
    integer lane;

    always @* begin
        for (lane = 0; lane < 8; lane = lane + 1)
            differs[lane] = |difference[8*lane +: 8] && lanes[lane];
        first_lane = 3'd0;
        for (lane = 7; lane >= 0; lane = lane - 1)
            if (differs[lane])
                first_lane = lane[2:0];
    end

    wire mismatch = second_beat && !rresp[1] && !halt && |differs;

    // ---- CRC-32 ------------------------------------------------------------------------------------------------------------------------
    reg [31:0]  crc;
    reg [63:0]  crc_word;
    reg [3:0]   crc_left;                           // bytes of the word that are not in the CRC yet
    wire [31:0] crc_wide;
    wire [31:0] crc_byte;
    wire        crc_by_many = crc_left >= CRC_BYTES;
    wire        crc_free = crc_by_many ? crc_left == CRC_BYTES : crc_left <= 1;
    wire [3:0]  lane_count = {3'd0, lanes[7]} + {3'd0, lanes[6]} + {3'd0, lanes[5]} + {3'd0, lanes[4]}
        + {3'd0, lanes[3]} + {3'd0, lanes[2]} + {3'd0, lanes[1]} + {3'd0, lanes[0]};

    tern_crc32 #(.BYTES(CRC_BYTES)) many (.state(crc), .data(crc_word[8*CRC_BYTES-1:0]), .next(crc_wide));
    tern_crc32 #(.BYTES(1)) single (.state(crc), .data(crc_word[7:0]), .next(crc_byte));

    wire crc_take = to == `TERN_TO_CRC && fifo_valid && crc_free && words_left != 0;

    always @(posedge clk) begin
        if (!running) begin
            crc <= 32'hFFFFFFFF;
            crc_left <= 4'd0;
        end else begin
            if (crc_left != 0) begin
                crc <= crc_by_many ? crc_wide : crc_byte;
                crc_left <= crc_by_many ? crc_left - CRC_BYTES : crc_left - 4'd1;
            end
            if (crc_take)
                crc_left <= lane_count;
        end
        crc_word <= crc_take ? fifo_data : crc_by_many ? crc_word >> (8 * CRC_BYTES) : crc_word >> 8;
    end

    // ---- Words out of the FIFO ---------------------------------------------------------------------------------------------------------
    reg [PAYLOAD_LOG2-4:0] reply_count;

    assign reply_put = to == `TERN_TO_REPLY && fifo_valid && words_left != 0;
    assign reply_word = reply_count;
    assign reply_data = fifo_data;

    wire drop_word = to == `TERN_TO_NOWHERE && fifo_valid && words_left != 0;
    assign fifo_take = fifo_valid && (write_beat || second_beat || crc_take || reply_put || drop_word);
    wire word_done = write_beat || second_beat || crc_take || reply_put || drop_word;

    // ---- The end -----------------------------------------------------------------------------------------------------------------------
    wire quiet = !arvalid && under_way == 0 && !awvalid && !wvalid && open == 0 && unanswered == 0;
    wire complete = words_left == 0 && crc_left == 0;

    assign done = running && quiet && (halted || complete);
    assign status = outcome;
    // Both counters of addresses stand still once a job is halted, so they are where it was.
    assign value = outcome == `TERN_STATUS_OK ? (to == `TERN_TO_CRC ? ~crc : 32'd0) : outcome == `TERN_STATUS_ABORTED ? 32'd0
        : at_read ? {read_word, 3'd0} : {answer_word, at_lane};
    assign bready = 1'b1;

    always @(posedge clk) begin
        if (reset) begin
            running <= 1'b0;
            arvalid <= 1'b0;
            awvalid <= 1'b0;
            wvalid <= 1'b0;
        end else if (!running) begin
            if (start) begin
                running <= 1'b1;
                from <= what[1:0];
                to <= what[4:2];
                pattern <= source;
                shift <= destination_lane - source_lane;
                skip_first <= source_lane > destination_lane;
                first_lanes <= 8'hFF << destination_lane;
                last_lanes <= end_lane == 0 ? 8'hFF : ~(8'hFF << end_lane);
                source_word <= source[31:3];
                target_word <= destination[31:3];
                answer_word <= destination[31:3];
                lane_word <= destination[5:3];
                source_left <= length == 0 ? 30'd0 : source_end[32:3];
                target_left <= length == 0 ? 30'd0 : destination_end[32:3];
                words_left <= length == 0 ? 30'd0 : destination_end[32:3];
            end
            halted <= 1'b0;
            outcome <= `TERN_STATUS_OK;
            at_read <= 1'b0;
            at_lane <= 3'd0;
            reserved <= 0;
            under_way <= 0;
            unclaimed <= 0;
            second <= 1'b0;
            first_word <= 1'b1;
            open <= 2'd0;
            unanswered <= 6'd0;
            reply_count <= 0;
        end else begin
            if (done)
                running <= 1'b0;

            // Read addresses.
            if (address_free)
                arvalid <= read_source || read_target;
            if (read_source || read_target) begin
                araddr <= second ? {target_word, 3'd0} : {source_word, 3'd0};
                arlen <= {3'd0, (second ? target_beats : source_beats) - 5'd1};
            end
            if (read_source) begin
                source_word <= {source_word[28:4] + 25'd1, 4'd0};
                source_left <= source_left - {25'd0, source_beats};
            end
            if (feed)
                source_left <= source_left - 30'd1;
            if (read_target || write_address) begin
                target_word <= {{target_word[28:4], target_word[3] || !writes} + 26'd1, 3'd0};
                target_left <= target_left - {25'd0, target_beats};
            end
            under_way <= under_way + {{(FIFO_LOG2-4){asked_change[5]}}, asked_change};
            reserved <= reserved + {{(FIFO_LOG2-4){promised_change[5]}}, promised_change};
            unclaimed <= unclaimed + {{(FIFO_LOG2-4){claimed_change[5]}}, claimed_change};
            if (turn)
                second <= !second;

            // Write addresses, beats and answers.
            if (write_address) begin
                awvalid <= 1'b1;
                awaddr <= {target_word, 3'd0};
                awlen <= {3'd0, target_beats - 5'd1};
            end else if (awready)
                awvalid <= 1'b0;
            if (write_free)
                wvalid <= write_beat;
            if (write_beat) begin
                wdata <= fifo_data;
                wstrb <= halted ? 8'h00 : lanes;
                wlast <= write_last;
                lane_word <= lane_word + 3'd1;
            end
            open <= open + {1'b0, write_address} - {1'b0, write_beat && write_last};
            unanswered <= unanswered + {5'd0, write_address} - {5'd0, answer};
            if (word_done) begin
                words_left <= words_left - 30'd1;
                first_word <= 1'b0;
                reply_count <= reply_count + 1'b1;
            end
            if ((answer && !bad_write || second_beat && !bad_read && !mismatch) && !halted)
                answer_word <= {answer_word[28:3], compares ? answer_word[2:0] : 3'd7} + 29'd1;

            // What ends a job early. The first reason stays.
            if (!halted) begin
                if (bad_read || source_ends) begin
                    halted <= 1'b1;
                    outcome <= `TERN_STATUS_READ_ERROR;
                    at_read <= !(bad_read && second);
                end else if (bad_write || target_ends) begin
                    halted <= 1'b1;
                    outcome <= compares ? `TERN_STATUS_READ_ERROR : `TERN_STATUS_WRITE_ERROR;
                end else if (mismatch) begin
                    halted <= 1'b1;
                    outcome <= `TERN_STATUS_MISMATCH;
                    at_lane <= first_lane;
                end else if (stop) begin
                    halted <= 1'b1;
                    outcome <= `TERN_STATUS_ABORTED;
                end
            end
        end
    end

    wire unused = &{1'b0, fifo_full, rresp[0], bresp[0], source_end[2:0], destination_end[2:0]};

`ifdef FORMAL
`include "copy_engine_properties.vh"
`endif
endmodule

`default_nettype wire
