// The whole co-processor but for the pins: frames come and go byte by byte, memory is behind two AXI4 ports.
//
// The first port reads and writes; the second takes the redundant copies of intercepted regions. Byte port: see the SPI slaves.
`default_nettype none
`include "tern_protocol.vh"

module tern_core #(
    parameter PAYLOAD_LOG2 = 12,                    // payloads of at most 2^n bytes
    parameter QUEUE_LOG2 = 4,                       // jobs
    parameter FIFO_LOG2 = 9,                        // words between reads and writes
    parameter MAP_LOG2 = 15,                        // dirty bits
    parameter WINDOW_BITS = 32,                     // addresses below 2^n
    parameter CRC_BYTES = 4                         // bytes of a region's CRC-32 a clock
) (
    input  wire        clk,
    input  wire        reset,

    input  wire        active,
    input  wire        rx_valid,
    input  wire [7:0]  rx_data,
    output wire        tx_valid,
    output wire [7:0]  tx_data,
    input  wire        tx_take,
    output wire        irq,

    output wire        m_arvalid,
    input  wire        m_arready,
    output wire [31:0] m_araddr,
    output wire [7:0]  m_arlen,
    output wire [2:0]  m_arsize,
    output wire [1:0]  m_arburst,
    input  wire        m_rvalid,
    output wire        m_rready,
    input  wire [63:0] m_rdata,
    input  wire [1:0]  m_rresp,
    input  wire        m_rlast,
    output wire        m_awvalid,
    input  wire        m_awready,
    output wire [31:0] m_awaddr,
    output wire [7:0]  m_awlen,
    output wire [2:0]  m_awsize,
    output wire [1:0]  m_awburst,
    output wire        m_wvalid,
    input  wire        m_wready,
    output wire [63:0] m_wdata,
    output wire [7:0]  m_wstrb,
    output wire        m_wlast,
    input  wire        m_bvalid,
    output wire        m_bready,
    input  wire [1:0]  m_bresp,

    output wire        r_awvalid,
    input  wire        r_awready,
    output wire [31:0] r_awaddr,
    output wire [7:0]  r_awlen,
    output wire [2:0]  r_awsize,
    output wire [1:0]  r_awburst,
    output wire        r_wvalid,
    input  wire        r_wready,
    output wire [63:0] r_wdata,
    output wire [7:0]  r_wstrb,
    output wire        r_wlast,
    input  wire        r_bvalid,
    output wire        r_bready,
    input  wire [1:0]  r_bresp
);
    localparam WORD_LOG2 = PAYLOAD_LOG2 - 3;

    // ---- Frames in ------------------------------------------------------------------------------------------------------------------------
    wire         good;
    wire         bad;
    wire [7:0]   verdict;
    wire         payload_refused;
    wire [127:0] header;
    wire         buffer_busy;
    wire [7:0]   payload_write;
    wire [WORD_LOG2-1:0] payload_write_word;
    wire [63:0]  payload_write_data;
    wire [WORD_LOG2-1:0] payload_word;
    wire [63:0]  payload_data;

    tern_frame_receiver #(.PAYLOAD_LOG2(PAYLOAD_LOG2)) receiver (
        .clk(clk), .reset(reset), .active(active), .rx_valid(rx_valid), .rx_data(rx_data), .buffer_busy(buffer_busy),
        .buffer_write(payload_write), .buffer_word(payload_write_word), .buffer_data(payload_write_data),
        .good(good), .bad(bad), .verdict(verdict), .payload_refused(payload_refused), .header(header)
    );

    tern_frame_buffer #(.LOG2(WORD_LOG2)) payload (
        .clk(clk), .write(payload_write), .write_word(payload_write_word), .write_data(payload_write_data),
        .read_word(payload_word), .read_data(payload_data)
    );

    // ---- Frames out -----------------------------------------------------------------------------------------------------------------------
    wire        pending;
    wire [7:0]  reply_sequence;
    wire [7:0]  reply_status;
    wire [15:0] reply_length;
    wire [7:0]  link;
    wire [7:0]  flags;
    wire [31:0] reply_value;
    wire [31:0] counts;
    wire        identify;
    wire        reply_put;
    wire [WORD_LOG2-1:0] reply_put_word;
    wire [63:0] reply_put_data;
    wire [WORD_LOG2-1:0] reply_word;
    wire [63:0] reply_data;

    // Byte 0 in the lowest bits, as protocol.json lays it out.
    localparam [127:0] IDENTITY = {40'd0, WINDOW_BITS[7:0], MAP_LOG2[7:0], PAYLOAD_LOG2[7:0],
                                   8'd4, 8'd1 << QUEUE_LOG2, `TERN_MINOR, `TERN_MAJOR, "N", "R", "E", "T"};

    tern_frame_buffer #(.LOG2(WORD_LOG2)) reply (
        .clk(clk), .write({8{reply_put}}), .write_word(reply_put_word), .write_data(reply_put_data),
        .read_word(reply_word), .read_data(reply_data)
    );

    tern_frame_sender #(.PAYLOAD_LOG2(PAYLOAD_LOG2)) sender (
        .clk(clk), .reset(reset), .active(active), .tx_valid(tx_valid), .tx_data(tx_data), .tx_take(tx_take),
        .pending(pending), .reply_sequence(reply_sequence), .status(reply_status), .length(reply_length), .link(link), .flags(flags),
        .value(reply_value), .counts(counts), .identify(identify), .identity(IDENTITY), .buffer_word(reply_word), .buffer_data(reply_data)
    );

    // ---- Commands and jobs ----------------------------------------------------------------------------------------------------------------
    wire         job_put;
    wire [109:0] job_given;
    wire         queue_full;
    wire [QUEUE_LOG2:0] queue_room;
    wire         queue_empty = queue_room[QUEUE_LOG2];
    wire         job_valid;
    wire [109:0] job;
    wire         job_take;
    wire         finished;
    wire [7:0]   finished_number;
    wire [7:0]   finished_status;
    wire         finished_buffer;
    wire         aborting;
    wire         aborted;
    wire [7:0]   asked_number;
    wire         asked_known;
    wire [7:0]   asked_status;
    wire [31:0]  asked_value;
    wire         region_set;
    wire [1:0]   region;
    wire [19:0]  region_primary;
    wire [19:0]  region_redundant;
    wire [19:0]  region_pages;
    wire [3:0]   region_shift;

    tern_command_decoder #(.PAYLOAD_LOG2(PAYLOAD_LOG2), .QUEUE_LOG2(QUEUE_LOG2), .MAP_LOG2(MAP_LOG2)) decoder (
        .clk(clk), .reset(reset), .good(good), .bad(bad), .verdict(verdict), .payload_refused(payload_refused), .header(header),
        .pending(pending), .reply_sequence(reply_sequence), .status(reply_status), .length(reply_length), .link(link), .flags(flags),
        .value(reply_value), .counts(counts), .identify(identify),
        .job_put(job_put), .job(job_given), .queue_full(queue_full), .queue_room(queue_room), .running(!queue_empty),
        .finished(finished), .finished_number(finished_number), .finished_status(finished_status), .finished_buffer(finished_buffer),
        .finished_last(queue_room == (1 << QUEUE_LOG2) - 1), .aborting(aborting), .aborted(aborted),
        .asked_number(asked_number), .asked_known(asked_known), .asked_status(asked_status), .asked_value(asked_value),
        .buffer_busy(buffer_busy), .irq(irq),
        .region_set(region_set), .region(region), .region_primary(region_primary), .region_redundant(region_redundant),
        .region_pages(region_pages), .region_shift(region_shift)
    );

    tern_job_queue #(.LOG2(QUEUE_LOG2)) queue (
        .clk(clk), .reset(reset), .put(job_put), .put_job(job_given), .full(queue_full), .room(queue_room),
        .valid(job_valid), .job(job), .take(job_take)
    );

    wire        engine_start;
    wire [4:0]  engine_what;
    wire [31:0] engine_source;
    wire [31:0] engine_destination;
    wire [31:0] engine_length;
    wire        engine_stop;
    wire        engine_done;
    wire [7:0]  engine_status;
    wire [31:0] engine_value;
    wire        feed_take;

    tern_job_runner #(.PAYLOAD_LOG2(PAYLOAD_LOG2), .RESULTS_LOG2(4)) runner (
        .clk(clk), .reset(reset), .job_valid(job_valid), .job(job), .job_take(job_take), .queue_empty(queue_empty),
        .aborting(aborting), .aborted(aborted), .finished(finished), .finished_number(finished_number), .finished_status(finished_status),
        .finished_buffer(finished_buffer),
        .asked_number(asked_number), .asked_known(asked_known), .asked_status(asked_status), .asked_value(asked_value),
        .buffer_word(payload_word), .buffer_data(payload_data),
        .engine_start(engine_start), .engine_what(engine_what), .engine_source(engine_source), .engine_destination(engine_destination),
        .engine_length(engine_length), .engine_stop(engine_stop), .engine_feed_take(feed_take),
        .engine_done(engine_done), .engine_status(engine_status), .engine_value(engine_value)
    );

    // ---- The engine, and the interceptor in the path of all it writes ------------------------------------------------------------------------
    wire        map_run;
    wire        map_valid;
    wire [63:0] map_data;
    wire        map_take;
    wire        mark;
    wire        mark_ready;
    wire [MAP_LOG2-1:0] mark_bit;

    wire        e_arvalid, e_arready, e_rvalid, e_rready, e_awvalid, e_awready, e_wvalid, e_wready, e_wlast, e_bvalid, e_bready;
    wire [31:0] e_araddr, e_awaddr;
    wire [7:0]  e_arlen, e_awlen, e_wstrb;
    wire [63:0] e_rdata, e_wdata;
    wire [1:0]  e_rresp, e_bresp;
    wire        e_rlast, e_rid, e_bid, m_arid;

    tern_copy_engine #(
        .FIFO_LOG2(FIFO_LOG2), .CRC_BYTES(CRC_BYTES), .WINDOW_BITS(WINDOW_BITS), .PAYLOAD_LOG2(PAYLOAD_LOG2)
    ) engine (
        .clk(clk), .reset(reset), .start(engine_start), .what(engine_what), .source(engine_source), .destination(engine_destination),
        .length(engine_length), .stop(engine_stop), .done(engine_done), .status(engine_status), .value(engine_value),
        .feed_data(payload_data), .feed_take(feed_take),
        .map_run(map_run), .map_valid(map_valid), .map_data(map_data), .map_take(map_take),
        .reply_put(reply_put), .reply_word(reply_put_word), .reply_data(reply_put_data),
        .arvalid(e_arvalid), .arready(e_arready), .araddr(e_araddr), .arlen(e_arlen),
        .rvalid(e_rvalid), .rready(e_rready), .rdata(e_rdata), .rresp(e_rresp),
        .awvalid(e_awvalid), .awready(e_awready), .awaddr(e_awaddr), .awlen(e_awlen),
        .wvalid(e_wvalid), .wready(e_wready), .wdata(e_wdata), .wstrb(e_wstrb), .wlast(e_wlast),
        .bvalid(e_bvalid), .bready(e_bready), .bresp(e_bresp)
    );

    tern_dirty_map #(.LOG2(MAP_LOG2)) map (
        .clk(clk), .reset(reset), .mark(mark), .mark_bit(mark_bit), .mark_ready(mark_ready),
        .run(map_run), .first_bit(job[MAP_LOG2-1:0]), .words(job[64+3 +: MAP_LOG2-4]), .clear(job[32]),
        .valid(map_valid), .data(map_data), .take(map_take)
    );

    tern_write_interceptor #(.ID_BITS(1), .MAP_LOG2(MAP_LOG2)) interceptor (
        .clk(clk), .reset(reset),
        .region_set(region_set), .region(region), .region_primary(region_primary), .region_redundant(region_redundant),
        .region_pages(region_pages), .region_shift(region_shift), .mark(mark), .mark_bit(mark_bit), .mark_ready(mark_ready),
        .s_arvalid(e_arvalid), .s_arready(e_arready), .s_araddr(e_araddr), .s_arlen(e_arlen), .s_arsize(3'd3), .s_arburst(2'b01), .s_arid(1'b0),
        .s_rvalid(e_rvalid), .s_rready(e_rready), .s_rdata(e_rdata), .s_rresp(e_rresp), .s_rlast(e_rlast), .s_rid(e_rid),
        .s_awvalid(e_awvalid), .s_awready(e_awready), .s_awaddr(e_awaddr), .s_awlen(e_awlen), .s_awsize(3'd3), .s_awburst(2'b01), .s_awid(1'b0),
        .s_wvalid(e_wvalid), .s_wready(e_wready), .s_wdata(e_wdata), .s_wstrb(e_wstrb), .s_wlast(e_wlast),
        .s_bvalid(e_bvalid), .s_bready(e_bready), .s_bresp(e_bresp), .s_bid(e_bid),
        .m_arvalid(m_arvalid), .m_arready(m_arready), .m_araddr(m_araddr), .m_arlen(m_arlen), .m_arsize(m_arsize), .m_arburst(m_arburst),
        .m_arid(m_arid), .m_rvalid(m_rvalid), .m_rready(m_rready), .m_rdata(m_rdata), .m_rresp(m_rresp), .m_rlast(m_rlast), .m_rid(1'b0),
        .m_awvalid(m_awvalid), .m_awready(m_awready), .m_awaddr(m_awaddr), .m_awlen(m_awlen), .m_awsize(m_awsize), .m_awburst(m_awburst),
        .m_wvalid(m_wvalid), .m_wready(m_wready), .m_wdata(m_wdata), .m_wstrb(m_wstrb), .m_wlast(m_wlast),
        .m_bvalid(m_bvalid), .m_bready(m_bready), .m_bresp(m_bresp),
        .r_awvalid(r_awvalid), .r_awready(r_awready), .r_awaddr(r_awaddr), .r_awlen(r_awlen), .r_awsize(r_awsize), .r_awburst(r_awburst),
        .r_wvalid(r_wvalid), .r_wready(r_wready), .r_wdata(r_wdata), .r_wstrb(r_wstrb), .r_wlast(r_wlast),
        .r_bvalid(r_bvalid), .r_bready(r_bready), .r_bresp(r_bresp)
    );

    wire unused = &{1'b0, e_rlast, e_rid, e_bid, m_arid};
endmodule

`default_nettype wire
