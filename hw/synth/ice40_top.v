// For the check that the design routes: a small co-processor with 4 KB of memory inside, on an iCE40 HX8K. Not a product.
//
// The memory serves one burst at a time; the redundant copies' port is answered and dropped.
`default_nettype none

module ice40_top (
    input  wire clk,
    input  wire reset,
    input  wire sck,
    input  wire cs_n,
    input  wire mosi,
    output wire miso,
    output wire irq
);
    wire        m_arvalid, m_rready, m_awvalid, m_wvalid, m_wlast, m_bready, r_awvalid, r_wvalid, r_wlast, r_bready;
    wire [31:0] m_araddr, m_awaddr, r_awaddr;
    wire [7:0]  m_arlen, m_awlen, r_awlen, m_wstrb, r_wstrb;
    wire [2:0]  m_arsize, m_awsize, r_awsize;
    wire [1:0]  m_arburst, m_awburst, r_awburst;
    wire [63:0] m_wdata, r_wdata;

    reg [8:0]   read_word;
    reg [4:0]   read_left;
    reg         read_valid;
    reg [8:0]   write_word;
    reg         writing;
    reg         answering;
    reg         copying;
    reg         copy_answering;
    wire [63:0] read_data;
    wire        read_next = read_valid && m_rready;
    wire [8:0]  read_word_next = read_next ? read_word + 9'd1 : read_word;

    tern_frame_buffer #(.LOG2(9)) memory (
        .clk(clk), .write(m_wvalid && writing ? m_wstrb : 8'h00), .write_word(write_word), .write_data(m_wdata),
        .read_word(read_word_next), .read_data(read_data)
    );

    always @(posedge clk) begin
        if (reset) begin
            read_left <= 5'd0;
            read_valid <= 1'b0;
            writing <= 1'b0;
            answering <= 1'b0;
            copying <= 1'b0;
            copy_answering <= 1'b0;
        end else begin
            if (m_arvalid && read_left == 0) begin
                read_word <= m_araddr[11:3];
                read_left <= m_arlen[4:0] + 5'd1;
            end else begin
                read_word <= read_word_next;
                read_left <= read_left - {4'd0, read_next};
                read_valid <= read_left > {4'd0, read_next};
            end
            if (m_awvalid && !writing && !answering) begin
                write_word <= m_awaddr[11:3];
                writing <= 1'b1;
            end
            if (m_wvalid && writing) begin
                write_word <= write_word + 9'd1;
                writing <= !m_wlast;
                answering <= m_wlast;
            end
            if (answering && m_bready)
                answering <= 1'b0;
            if (r_awvalid && !copying && !copy_answering)
                copying <= 1'b1;
            if (r_wvalid && copying) begin
                copying <= !r_wlast;
                copy_answering <= r_wlast;
            end
            if (copy_answering && r_bready)
                copy_answering <= 1'b0;
        end
    end

    tern_spi_core #(.FAST(1), .PAYLOAD_LOG2(9), .QUEUE_LOG2(2), .FIFO_LOG2(6), .MAP_LOG2(12), .WINDOW_BITS(12), .CRC_BYTES(1)) core (
        .clk(clk), .reset(reset), .sck(sck), .cs_n(cs_n), .mosi(mosi), .miso(miso), .irq(irq),
        .m_arvalid(m_arvalid), .m_arready(read_left == 0), .m_araddr(m_araddr), .m_arlen(m_arlen), .m_arsize(m_arsize), .m_arburst(m_arburst),
        .m_rvalid(read_valid), .m_rready(m_rready), .m_rdata(read_data), .m_rresp(2'b00), .m_rlast(read_left == 1),
        .m_awvalid(m_awvalid), .m_awready(!writing && !answering), .m_awaddr(m_awaddr), .m_awlen(m_awlen), .m_awsize(m_awsize),
        .m_awburst(m_awburst), .m_wvalid(m_wvalid), .m_wready(writing), .m_wdata(m_wdata), .m_wstrb(m_wstrb), .m_wlast(m_wlast),
        .m_bvalid(answering), .m_bready(m_bready), .m_bresp(2'b00),
        .r_awvalid(r_awvalid), .r_awready(!copying && !copy_answering), .r_awaddr(r_awaddr), .r_awlen(r_awlen), .r_awsize(r_awsize),
        .r_awburst(r_awburst), .r_wvalid(r_wvalid), .r_wready(copying), .r_wdata(r_wdata), .r_wstrb(r_wstrb), .r_wlast(r_wlast),
        .r_bvalid(copy_answering), .r_bready(r_bready), .r_bresp(2'b00)
    );
endmodule

`default_nettype wire
