// The co-processor in a Zynq-7000: SPI on PMOD JA, memory through the processing system's ports HP0 (reads and writes) and HP1 (redundant
// copies), both 64 bits wide. The processing system gives the clock (FCLK0, 100 MHz) and the DDR; nothing runs on its processors but the
// first-stage boot loader that sets both up.
//
// `processing_system` is the wrapper that boards/build.tcl makes of the PS7. The co-processor sees a window of 2^WINDOW_BITS bytes of DDR that
// begins at WINDOW_BASE, so no frame reaches the memory below it. HP ports are AXI3: bursts have at most 16 beats, which the engine keeps.
`default_nettype none

module tern_zynq #(
    parameter FAST = 1,
    parameter WINDOW_BITS = 28,
    parameter [31:0] WINDOW_BASE = 32'h10000000
) (
    inout  wire [14:0] ddr_addr,
    inout  wire [2:0]  ddr_ba,
    inout  wire        ddr_cas_n,
    inout  wire        ddr_ck_n,
    inout  wire        ddr_ck_p,
    inout  wire        ddr_cke,
    inout  wire        ddr_cs_n,
    inout  wire [3:0]  ddr_dm,
    inout  wire [31:0] ddr_dq,
    inout  wire [3:0]  ddr_dqs_n,
    inout  wire [3:0]  ddr_dqs_p,
    inout  wire        ddr_odt,
    inout  wire        ddr_ras_n,
    inout  wire        ddr_reset_n,
    inout  wire        ddr_we_n,
    inout  wire        ddr_vrn,
    inout  wire        ddr_vrp,
    inout  wire [53:0] mio,
    inout  wire        ps_clk,
    inout  wire        ps_porb,
    inout  wire        ps_srstb,

    input  wire        spi_cs_n,
    input  wire        spi_mosi,
    output wire        spi_miso,
    input  wire        spi_sck,
    output wire        irq
);
    wire clk;
    wire resetn;

    // The reset comes from another clock domain of the processing system.
    (* ASYNC_REG = "TRUE" *) reg [1:0] resetn_seen;
    wire reset = !resetn_seen[1];

    always @(posedge clk)
        resetn_seen <= {resetn_seen[0], resetn};

    wire m_arvalid;
    wire m_arready;
    wire [31:0] m_araddr;
    wire [7:0] m_arlen;
    wire [2:0] m_arsize;
    wire [1:0] m_arburst;
    wire m_rvalid;
    wire m_rready;
    wire [63:0] m_rdata;
    wire [1:0] m_rresp;
    wire m_rlast;
    wire m_awvalid;
    wire m_awready;
    wire [31:0] m_awaddr;
    wire [7:0] m_awlen;
    wire [2:0] m_awsize;
    wire [1:0] m_awburst;
    wire m_wvalid;
    wire m_wready;
    wire [63:0] m_wdata;
    wire [7:0] m_wstrb;
    wire m_wlast;
    wire m_bvalid;
    wire m_bready;
    wire [1:0] m_bresp;
    wire r_awvalid;
    wire r_awready;
    wire [31:0] r_awaddr;
    wire [7:0] r_awlen;
    wire [2:0] r_awsize;
    wire [1:0] r_awburst;
    wire r_wvalid;
    wire r_wready;
    wire [63:0] r_wdata;
    wire [7:0] r_wstrb;
    wire r_wlast;
    wire r_bvalid;
    wire r_bready;
    wire [1:0] r_bresp;

    wire selected_miso;

    OBUFT miso_buffer (.I(selected_miso), .T(spi_cs_n), .O(spi_miso));     // other devices may share the bus

    function [31:0] in_window(input [31:0] address);
        in_window = WINDOW_BASE | (address & ((33'd1 << WINDOW_BITS) - 33'd1));
    endfunction

    tern_spi_core #(.FAST(FAST), .WINDOW_BITS(WINDOW_BITS)) core (
        .clk(clk), .reset(reset), .sck(spi_sck), .cs_n(spi_cs_n), .mosi(spi_mosi), .miso(selected_miso), .irq(irq),
        .m_arvalid(m_arvalid), .m_arready(m_arready), .m_araddr(m_araddr), .m_arlen(m_arlen), .m_arsize(m_arsize),
        .m_arburst(m_arburst), .m_rvalid(m_rvalid), .m_rready(m_rready), .m_rdata(m_rdata), .m_rresp(m_rresp), .m_rlast(m_rlast),
        .m_awvalid(m_awvalid), .m_awready(m_awready), .m_awaddr(m_awaddr), .m_awlen(m_awlen), .m_awsize(m_awsize),
        .m_awburst(m_awburst), .m_wvalid(m_wvalid), .m_wready(m_wready), .m_wdata(m_wdata), .m_wstrb(m_wstrb), .m_wlast(m_wlast),
        .m_bvalid(m_bvalid), .m_bready(m_bready), .m_bresp(m_bresp), .r_awvalid(r_awvalid), .r_awready(r_awready), .r_awaddr(r_awaddr),
        .r_awlen(r_awlen), .r_awsize(r_awsize), .r_awburst(r_awburst), .r_wvalid(r_wvalid), .r_wready(r_wready), .r_wdata(r_wdata),
        .r_wstrb(r_wstrb), .r_wlast(r_wlast), .r_bvalid(r_bvalid), .r_bready(r_bready), .r_bresp(r_bresp)
    );

    processing_system ps (
        .DDR_Addr(ddr_addr), .DDR_BankAddr(ddr_ba), .DDR_CAS_n(ddr_cas_n), .DDR_Clk_n(ddr_ck_n), .DDR_Clk(ddr_ck_p), .DDR_CKE(ddr_cke),
        .DDR_CS_n(ddr_cs_n), .DDR_DM(ddr_dm), .DDR_DQ(ddr_dq), .DDR_DQS_n(ddr_dqs_n), .DDR_DQS(ddr_dqs_p), .DDR_ODT(ddr_odt),
        .DDR_RAS_n(ddr_ras_n), .DDR_DRSTB(ddr_reset_n), .DDR_WEB(ddr_we_n), .DDR_VRN(ddr_vrn), .DDR_VRP(ddr_vrp),
        .MIO(mio), .PS_CLK(ps_clk), .PS_PORB(ps_porb), .PS_SRSTB(ps_srstb),
        .FCLK_CLK0(clk), .FCLK_RESET0_N(resetn),
        .S_AXI_HP0_ACLK(clk), .S_AXI_HP0_AWVALID(m_awvalid), .S_AXI_HP0_AWREADY(m_awready), .S_AXI_HP0_AWADDR(in_window(m_awaddr)),
        .S_AXI_HP0_AWLEN(m_awlen[3:0]), .S_AXI_HP0_AWSIZE(m_awsize), .S_AXI_HP0_AWBURST(m_awburst), .S_AXI_HP0_AWID(6'd0),
        .S_AXI_HP0_AWLOCK(2'd0), .S_AXI_HP0_AWCACHE(4'b0011), .S_AXI_HP0_AWPROT(3'd0), .S_AXI_HP0_AWQOS(4'd0),
        .S_AXI_HP0_WVALID(m_wvalid), .S_AXI_HP0_WREADY(m_wready), .S_AXI_HP0_WDATA(m_wdata), .S_AXI_HP0_WSTRB(m_wstrb),
        .S_AXI_HP0_WLAST(m_wlast), .S_AXI_HP0_WID(6'd0), .S_AXI_HP0_BVALID(m_bvalid), .S_AXI_HP0_BREADY(m_bready),
        .S_AXI_HP0_BRESP(m_bresp), .S_AXI_HP0_ARVALID(m_arvalid), .S_AXI_HP0_ARREADY(m_arready), .S_AXI_HP0_ARADDR(in_window(m_araddr)),
        .S_AXI_HP0_ARLEN(m_arlen[3:0]), .S_AXI_HP0_ARSIZE(m_arsize), .S_AXI_HP0_ARBURST(m_arburst), .S_AXI_HP0_RVALID(m_rvalid),
        .S_AXI_HP0_RREADY(m_rready), .S_AXI_HP0_RDATA(m_rdata), .S_AXI_HP0_RRESP(m_rresp), .S_AXI_HP0_RLAST(m_rlast),
        .S_AXI_HP0_ARID(6'd0), .S_AXI_HP0_ARLOCK(2'd0), .S_AXI_HP0_ARCACHE(4'b0011), .S_AXI_HP0_ARPROT(3'd0), .S_AXI_HP0_ARQOS(4'd0),
        .S_AXI_HP0_RDISSUECAP1_EN(1'b0), .S_AXI_HP0_WRISSUECAP1_EN(1'b0), .S_AXI_HP1_ACLK(clk), .S_AXI_HP1_AWVALID(r_awvalid),
        .S_AXI_HP1_AWREADY(r_awready), .S_AXI_HP1_AWADDR(in_window(r_awaddr)), .S_AXI_HP1_AWLEN(r_awlen[3:0]),
        .S_AXI_HP1_AWSIZE(r_awsize), .S_AXI_HP1_AWBURST(r_awburst), .S_AXI_HP1_AWID(6'd0), .S_AXI_HP1_AWLOCK(2'd0),
        .S_AXI_HP1_AWCACHE(4'b0011), .S_AXI_HP1_AWPROT(3'd0), .S_AXI_HP1_AWQOS(4'd0), .S_AXI_HP1_WVALID(r_wvalid),
        .S_AXI_HP1_WREADY(r_wready), .S_AXI_HP1_WDATA(r_wdata), .S_AXI_HP1_WSTRB(r_wstrb), .S_AXI_HP1_WLAST(r_wlast),
        .S_AXI_HP1_WID(6'd0), .S_AXI_HP1_BVALID(r_bvalid), .S_AXI_HP1_BREADY(r_bready), .S_AXI_HP1_BRESP(r_bresp),
        .S_AXI_HP1_ARVALID(1'b0), .S_AXI_HP1_ARADDR(32'd0), .S_AXI_HP1_ARLEN(4'd0), .S_AXI_HP1_ARSIZE(3'd3), .S_AXI_HP1_ARBURST(2'd1),
        .S_AXI_HP1_RREADY(1'b1), .S_AXI_HP1_ARID(6'd0), .S_AXI_HP1_ARLOCK(2'd0), .S_AXI_HP1_ARCACHE(4'b0011), .S_AXI_HP1_ARPROT(3'd0),
        .S_AXI_HP1_ARQOS(4'd0), .S_AXI_HP1_RDISSUECAP1_EN(1'b0), .S_AXI_HP1_WRISSUECAP1_EN(1'b0)
    );
endmodule

`default_nettype wire
