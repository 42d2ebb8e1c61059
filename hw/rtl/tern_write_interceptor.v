// The write interceptor: an AXI4 slave before two memory ports. Reads pass through to the first port. A write passes to the first port, and if
// it lies in an intercepted region, the same burst also goes to the region's redundant copy at the second port and its granules are marked.
//
// Both ports take a beat each in the same clock, so mirrored writes keep up with one beat a clock. Single-beat bursts do too.
//
// Invariants: a burst is mirrored and marked whole or not at all, as the table says when its address is accepted. From then on its address and
// its beats go out without waiting for one another: a memory may take either first. Its answer comes after its marks and both memories'
// answers, and is the worse of the two. Writes keep their order; towards the memories they have one ID, and the master's IDs are given back
// with the answers.
//
// The interceptor never waits for a read, and a memory for which the master's data come after an address waits for the master alone. But the
// two ports go beat by beat: the memories behind them must not wait for one another's writes.
`default_nettype none

module tern_write_interceptor #(
    parameter ID_BITS = 1,
    parameter MAP_LOG2 = 15,
    parameter ORDER_LOG2 = 5,                       // 2^n writes may be under way
    parameter DATA_BITS = 64
) (
    input  wire                clk,
    input  wire                reset,

    input  wire                region_set,
    input  wire [1:0]          region,
    input  wire [19:0]         region_primary,
    input  wire [19:0]         region_redundant,
    input  wire [19:0]         region_pages,
    input  wire [3:0]          region_shift,

    output wire                mark,
    output wire [MAP_LOG2-1:0] mark_bit,
    input  wire                mark_ready,

    // From the master.
    input  wire                s_arvalid,
    output wire                s_arready,
    input  wire [31:0]         s_araddr,
    input  wire [7:0]          s_arlen,
    input  wire [2:0]          s_arsize,
    input  wire [1:0]          s_arburst,
    input  wire [ID_BITS-1:0]  s_arid,
    output wire                s_rvalid,
    input  wire                s_rready,
    output wire [DATA_BITS-1:0] s_rdata,
    output wire [1:0]          s_rresp,
    output wire                s_rlast,
    output wire [ID_BITS-1:0]  s_rid,
    input  wire                s_awvalid,
    output wire                s_awready,
    input  wire [31:0]         s_awaddr,
    input  wire [7:0]          s_awlen,
    input  wire [2:0]          s_awsize,
    input  wire [1:0]          s_awburst,
    input  wire [ID_BITS-1:0]  s_awid,
    input  wire                s_wvalid,
    output wire                s_wready,
    input  wire [DATA_BITS-1:0] s_wdata,
    input  wire [DATA_BITS/8-1:0] s_wstrb,
    input  wire                s_wlast,
    output wire                s_bvalid,
    input  wire                s_bready,
    output wire [1:0]          s_bresp,
    output wire [ID_BITS-1:0]  s_bid,

    // To the memory.
    output wire                m_arvalid,
    input  wire                m_arready,
    output wire [31:0]         m_araddr,
    output wire [7:0]          m_arlen,
    output wire [2:0]          m_arsize,
    output wire [1:0]          m_arburst,
    output wire [ID_BITS-1:0]  m_arid,
    input  wire                m_rvalid,
    output wire                m_rready,
    input  wire [DATA_BITS-1:0] m_rdata,
    input  wire [1:0]          m_rresp,
    input  wire                m_rlast,
    input  wire [ID_BITS-1:0]  m_rid,
    output wire                m_awvalid,
    input  wire                m_awready,
    output wire [31:0]         m_awaddr,
    output wire [7:0]          m_awlen,
    output wire [2:0]          m_awsize,
    output wire [1:0]          m_awburst,
    output wire                m_wvalid,
    input  wire                m_wready,
    output wire [DATA_BITS-1:0] m_wdata,
    output wire [DATA_BITS/8-1:0] m_wstrb,
    output wire                m_wlast,
    input  wire                m_bvalid,
    output wire                m_bready,
    input  wire [1:0]          m_bresp,

    // To the redundant copies' memory: writes only.
    output wire                r_awvalid,
    input  wire                r_awready,
    output wire [31:0]         r_awaddr,
    output wire [7:0]          r_awlen,
    output wire [2:0]          r_awsize,
    output wire [1:0]          r_awburst,
    output wire                r_wvalid,
    input  wire                r_wready,
    output wire [DATA_BITS-1:0] r_wdata,
    output wire [DATA_BITS/8-1:0] r_wstrb,
    output wire                r_wlast,
    input  wire                r_bvalid,
    output wire                r_bready,
    input  wire [1:0]          r_bresp
);
    // ---- Reads pass ------------------------------------------------------------------------------------------------------------------
    assign m_arvalid = s_arvalid;
    assign s_arready = m_arready;
    assign m_araddr = s_araddr;
    assign m_arlen = s_arlen;
    assign m_arsize = s_arsize;
    assign m_arburst = s_arburst;
    assign m_arid = s_arid;
    assign s_rvalid = m_rvalid;
    assign m_rready = s_rready;
    assign s_rdata = m_rdata;
    assign s_rresp = m_rresp;
    assign s_rlast = m_rlast;
    assign s_rid = m_rid;

    // ---- An address: looked up when it is accepted ---------------------------------------------------------------------------------------
    wire        hit;
    wire [1:0]  hit_region;
    wire [19:0] hit_redundant;
    wire [19:0] hit_offset;
    wire [3:0]  hit_shift;

    tern_region_table table_of_regions (
        .clk(clk), .reset(reset), .store(region_set), .set_region(region), .set_primary(region_primary), .set_redundant(region_redundant),
        .set_pages(region_pages), .set_shift(region_shift),
        .page(s_awaddr[31:12]), .hit(hit), .region(hit_region), .redundant(hit_redundant), .offset(hit_offset), .shift(hit_shift)
    );

    reg                 primary_owed;               // the address has still to be accepted by the memory
    reg                 redundant_owed;             // ... by the redundant copy's
    reg                 marks_owed;
    reg                 mirrored;
    reg [31:0]          address;
    reg [19:0]          redundant_page;
    reg [7:0]           beats;
    reg [2:0]           size;
    reg [1:0]           burst;
    reg [ID_BITS-1:0]   id;
    reg [MAP_LOG2-3:0]  granule;                    // the next to be marked
    reg [3:0]           granules_left;
    reg [1:0]           marked_region;
    reg                 held;                       // an address is here

    wire primary_done = !primary_owed || m_awready;
    wire redundant_done = !redundant_owed || r_awready;
    wire marks_done = !marks_owed || (mark_ready && granules_left == 0);
    wire passed = held && primary_done && redundant_done && marks_done;

    wire order_full;
    wire accept = s_awvalid && s_awready;

    assign s_awready = (!held || passed) && !order_full && !reset;

    // The burst's bytes: from its address on, or for a wrapping one the block that it wraps in. Granules are at least 256 bytes.
    wire [11:0] beat_span = (12'd1 << s_awsize) - 12'd1;                          // a beat's bytes, less one
    wire [11:0] span = ({4'd0, s_awlen} << s_awsize) | beat_span;                 // the burst's
    wire [11:0] first_byte = s_awburst == 2'b10 ? s_awaddr[11:0] & ~span : s_awaddr[11:0];
    wire [11:0] last_byte = s_awburst == 2'b00 ? s_awaddr[11:0] : (s_awaddr[11:0] & ~(s_awburst == 2'b10 ? span : beat_span)) + span;
    wire [23:0] first_in_region = {hit_offset, first_byte[11:8]} >> hit_shift;
    wire [23:0] last_in_region = {hit_offset, last_byte[11:8]} >> hit_shift;

    always @(posedge clk) begin
        if (reset) begin
            held <= 1'b0;
            primary_owed <= 1'b0;
            redundant_owed <= 1'b0;
            marks_owed <= 1'b0;
        end else begin
            if (m_awready)
                primary_owed <= 1'b0;
            if (r_awready)
                redundant_owed <= 1'b0;
            if (marks_done)
                marks_owed <= 1'b0;
            if (passed)
                held <= 1'b0;
            if (accept) begin
                held <= 1'b1;
                primary_owed <= 1'b1;
                redundant_owed <= hit;
                marks_owed <= hit;
            end
        end
        if (marks_owed && mark_ready) begin
            granule <= granule + 1'b1;
            granules_left <= granules_left - 4'd1;
        end
        if (accept) begin
            mirrored <= hit;
            address <= s_awaddr;
            redundant_page <= hit_redundant;
            beats <= s_awlen;
            size <= s_awsize;
            burst <= s_awburst;
            id <= s_awid;
            marked_region <= hit_region;
            granule <= first_in_region[MAP_LOG2-3:0];
            granules_left <= last_in_region[3:0] - first_in_region[3:0];
        end
    end

    assign mark = marks_owed;
    assign mark_bit = {marked_region, granule};
    assign m_awvalid = primary_owed;
    assign m_awaddr = address;
    assign m_awlen = beats;
    assign m_awsize = size;
    assign m_awburst = burst;
    assign r_awvalid = redundant_owed;
    assign r_awaddr = {redundant_page, address[11:0]};
    assign r_awlen = beats;
    assign r_awsize = size;
    assign r_awburst = burst;

    // ---- Beats: each goes to the ports of its burst, in the bursts' order ---------------------------------------------------------------
    wire beats_known;
    wire beats_mirrored;
    wire beats_full;
    reg  primary_given;                             // the memory has this beat already, the copy's not yet
    reg  redundant_given;

    wire primary_takes = primary_given || m_wready;
    wire redundant_takes = !beats_mirrored || redundant_given || r_wready;
    wire beat_passed = s_wvalid && s_wready;

`ifdef FORMAL
    wire [ORDER_LOG2+1:0] beats_held, answers_held;
`endif
    tern_sync_fifo #(.WIDTH(1), .LOG2(ORDER_LOG2)) beats_order (
`ifdef FORMAL
        .held(beats_held),
`endif
        .clk(clk), .reset(reset), .put(accept), .put_data(hit), .full(beats_full),
        .valid(beats_known), .data(beats_mirrored), .take(beat_passed && s_wlast)
    );

    assign s_wready = beats_known && primary_takes && redundant_takes;
    assign m_wvalid = s_wvalid && beats_known && !primary_given;
    assign r_wvalid = s_wvalid && beats_known && beats_mirrored && !redundant_given;
    assign m_wdata = s_wdata;
    assign m_wstrb = s_wstrb;
    assign m_wlast = s_wlast;
    assign r_wdata = s_wdata;
    assign r_wstrb = s_wstrb;
    assign r_wlast = s_wlast;

    always @(posedge clk) begin
        if (reset || beat_passed) begin
            primary_given <= 1'b0;
            redundant_given <= 1'b0;
        end else begin
            if (m_wvalid && m_wready)
                primary_given <= 1'b1;
            if (r_wvalid && r_wready)
                redundant_given <= 1'b1;
        end
    end

    // ---- Answers: of both memories, in the bursts' order ----------------------------------------------------------------------------------
    wire answer_known;
    wire answer_mirrored;
    wire answers_full;
    wire answered = s_bvalid && s_bready;
    reg [ORDER_LOG2:0] under_way;

    tern_sync_fifo #(.WIDTH(1 + ID_BITS), .LOG2(ORDER_LOG2)) answers_order (
`ifdef FORMAL
        .held(answers_held),
`endif
        .clk(clk), .reset(reset), .put(passed), .put_data({mirrored, id}), .full(answers_full),
        .valid(answer_known), .data({answer_mirrored, s_bid}), .take(answered)
    );

    assign order_full = under_way[ORDER_LOG2];
    assign s_bvalid = answer_known && m_bvalid && (!answer_mirrored || r_bvalid);
    assign s_bresp = answer_mirrored && r_bresp > m_bresp ? r_bresp : m_bresp;
    assign m_bready = answered;
    assign r_bready = answered && answer_mirrored;

    always @(posedge clk) begin
        if (reset)
            under_way <= 0;
        else
            under_way <= under_way + {{ORDER_LOG2{1'b0}}, accept} - {{ORDER_LOG2{1'b0}}, answered};
    end

    wire unused = &{1'b0, beats_full, answers_full, first_byte[7:0], last_byte[7:0], first_in_region, last_in_region};

`ifdef FORMAL
`include "write_interceptor_properties.vh"
`endif
endmodule

`default_nettype wire
