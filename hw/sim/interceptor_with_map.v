// For simulation: the write interceptor with its dirty map, between a master with IDs and two memories.
`default_nettype none

module interceptor_with_map #(
    parameter ID_BITS = 4,
    parameter MAP_LOG2 = 15,
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

    input  wire                map_run,
    input  wire [MAP_LOG2-1:0] map_first_bit,
    input  wire [MAP_LOG2-5:0] map_words,
    input  wire                map_clear,
    output wire                map_valid,
    output wire [63:0]         map_data,
    input  wire                map_take,

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
    wire                mark;
    wire                mark_ready;
    wire [MAP_LOG2-1:0] mark_bit;

    tern_dirty_map #(.LOG2(MAP_LOG2)) map (
        .clk(clk), .reset(reset), .mark(mark), .mark_bit(mark_bit), .mark_ready(mark_ready),
        .run(map_run), .first_bit(map_first_bit), .words(map_words), .clear(map_clear),
        .valid(map_valid), .data(map_data), .take(map_take)
    );

    tern_write_interceptor #(.ID_BITS(ID_BITS), .MAP_LOG2(MAP_LOG2), .DATA_BITS(DATA_BITS)) interceptor (
        .clk(clk), .reset(reset),
        .region_set(region_set), .region(region), .region_primary(region_primary), .region_redundant(region_redundant),
        .region_pages(region_pages), .region_shift(region_shift), .mark(mark), .mark_bit(mark_bit), .mark_ready(mark_ready),
        .s_arvalid(s_arvalid), .s_arready(s_arready), .s_araddr(s_araddr), .s_arlen(s_arlen), .s_arsize(s_arsize),
        .s_arburst(s_arburst), .s_arid(s_arid), .s_rvalid(s_rvalid), .s_rready(s_rready), .s_rdata(s_rdata), .s_rresp(s_rresp),
        .s_rlast(s_rlast), .s_rid(s_rid), .s_awvalid(s_awvalid), .s_awready(s_awready), .s_awaddr(s_awaddr), .s_awlen(s_awlen),
        .s_awsize(s_awsize), .s_awburst(s_awburst), .s_awid(s_awid), .s_wvalid(s_wvalid), .s_wready(s_wready), .s_wdata(s_wdata),
        .s_wstrb(s_wstrb), .s_wlast(s_wlast), .s_bvalid(s_bvalid), .s_bready(s_bready), .s_bresp(s_bresp), .s_bid(s_bid),
        .m_arvalid(m_arvalid), .m_arready(m_arready), .m_araddr(m_araddr), .m_arlen(m_arlen), .m_arsize(m_arsize),
        .m_arburst(m_arburst), .m_arid(m_arid), .m_rvalid(m_rvalid), .m_rready(m_rready), .m_rdata(m_rdata), .m_rresp(m_rresp),
        .m_rlast(m_rlast), .m_rid(m_rid), .m_awvalid(m_awvalid), .m_awready(m_awready), .m_awaddr(m_awaddr), .m_awlen(m_awlen),
        .m_awsize(m_awsize), .m_awburst(m_awburst), .m_wvalid(m_wvalid), .m_wready(m_wready), .m_wdata(m_wdata), .m_wstrb(m_wstrb),
        .m_wlast(m_wlast), .m_bvalid(m_bvalid), .m_bready(m_bready), .m_bresp(m_bresp), .r_awvalid(r_awvalid), .r_awready(r_awready),
        .r_awaddr(r_awaddr), .r_awlen(r_awlen), .r_awsize(r_awsize), .r_awburst(r_awburst), .r_wvalid(r_wvalid), .r_wready(r_wready),
        .r_wdata(r_wdata), .r_wstrb(r_wstrb), .r_wlast(r_wlast), .r_bvalid(r_bvalid), .r_bready(r_bready), .r_bresp(r_bresp)
    );
endmodule

`default_nettype wire
