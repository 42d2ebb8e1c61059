// The co-processor with its SPI slave: what a board's pins and a memory's ports are connected to.
//
// FAST chooses the slave: 0 for the oversampled one (SCK up to an eighth of the clock), 1 for the SCK-clocked one (up to the clock's rate).
`default_nettype none

module tern_spi_core #(
    parameter FAST = 1,
    parameter PAYLOAD_LOG2 = 12,
    parameter QUEUE_LOG2 = 4,
    parameter FIFO_LOG2 = 9,
    parameter MAP_LOG2 = 15,
    parameter WINDOW_BITS = 32,
    parameter CRC_BYTES = 4
) (
    input  wire        clk,
    input  wire        reset,

    input  wire        sck,
    input  wire        cs_n,
    input  wire        mosi,
    output wire        miso,
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
    wire       active;
    wire       rx_valid;
    wire [7:0] rx_data;
    wire       tx_valid;
    wire [7:0] tx_data;
    wire       tx_take;

    generate
        if (FAST != 0) begin : clocked
            tern_spi_slave_clocked slave (
                .clk(clk), .reset(reset), .sck(sck), .cs_n(cs_n), .mosi(mosi), .miso(miso),
                .active(active), .rx_valid(rx_valid), .rx_data(rx_data), .tx_valid(tx_valid), .tx_data(tx_data), .tx_take(tx_take)
            );
        end else begin : oversampled
            tern_spi_slave_oversampled slave (
                .clk(clk), .reset(reset), .sck(sck), .cs_n(cs_n), .mosi(mosi), .miso(miso),
                .active(active), .rx_valid(rx_valid), .rx_data(rx_data), .tx_valid(tx_valid), .tx_data(tx_data), .tx_take(tx_take)
            );
        end
    endgenerate

    tern_core #(
        .PAYLOAD_LOG2(PAYLOAD_LOG2), .QUEUE_LOG2(QUEUE_LOG2), .FIFO_LOG2(FIFO_LOG2), .MAP_LOG2(MAP_LOG2), .WINDOW_BITS(WINDOW_BITS),
        .CRC_BYTES(CRC_BYTES)
    ) core (
        .clk(clk), .reset(reset), .active(active), .rx_valid(rx_valid), .rx_data(rx_data),
        .tx_valid(tx_valid), .tx_data(tx_data), .tx_take(tx_take), .irq(irq),
        .m_arvalid(m_arvalid), .m_arready(m_arready), .m_araddr(m_araddr), .m_arlen(m_arlen), .m_arsize(m_arsize),
        .m_arburst(m_arburst), .m_rvalid(m_rvalid), .m_rready(m_rready), .m_rdata(m_rdata), .m_rresp(m_rresp), .m_rlast(m_rlast),
        .m_awvalid(m_awvalid), .m_awready(m_awready), .m_awaddr(m_awaddr), .m_awlen(m_awlen), .m_awsize(m_awsize),
        .m_awburst(m_awburst), .m_wvalid(m_wvalid), .m_wready(m_wready), .m_wdata(m_wdata), .m_wstrb(m_wstrb), .m_wlast(m_wlast),
        .m_bvalid(m_bvalid), .m_bready(m_bready), .m_bresp(m_bresp), .r_awvalid(r_awvalid), .r_awready(r_awready), .r_awaddr(r_awaddr),
        .r_awlen(r_awlen), .r_awsize(r_awsize), .r_awburst(r_awburst), .r_wvalid(r_wvalid), .r_wready(r_wready), .r_wdata(r_wdata),
        .r_wstrb(r_wstrb), .r_wlast(r_wlast), .r_bvalid(r_bvalid), .r_bready(r_bready), .r_bresp(r_bresp)
    );
endmodule

`default_nettype wire
