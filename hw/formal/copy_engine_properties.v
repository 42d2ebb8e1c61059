// Proof about tern_copy_engine's AXI channels, from outside: whatever the memory answers and whenever a stop comes, VALID and what it carries
// stay until READY, bursts have at most 16 beats of whole words and do not cross 4 KB, and `done` comes with nothing offered.
// (That every burst gets exactly its beats, with WLAST on the last one, is watched by the memory of every simulation.)
`default_nettype none

module copy_engine_properties (
    input wire        clk,
    input wire        reset,
    input wire        start,
    input wire [4:0]  what,
    input wire [31:0] source,
    input wire [31:0] destination,
    input wire [31:0] length,
    input wire        stop,
    input wire [63:0] feed_data,
    input wire        map_valid,
    input wire [63:0] map_data,
    input wire        arready,
    input wire        rvalid,
    input wire [63:0] rdata,
    input wire [1:0]  rresp,
    input wire        awready,
    input wire        wready,
    input wire        bvalid,
    input wire [1:0]  bresp
);
    wire        done, feed_take, map_run, map_take, reply_put, arvalid, rready, awvalid, wvalid, wlast, bready;
    wire [7:0]  status, arlen, awlen, wstrb;
    wire [31:0] value, araddr, awaddr;
    wire [8:0]  reply_word;
    wire [63:0] reply_data, wdata;

    tern_copy_engine #(.FIFO_LOG2(5), .CRC_BYTES(1)) engine (
        .clk(clk), .reset(reset), .start(start), .what(what), .source(source), .destination(destination), .length(length), .stop(stop),
        .done(done), .status(status), .value(value), .feed_data(feed_data), .feed_take(feed_take),
        .map_run(map_run), .map_valid(map_valid), .map_data(map_data), .map_take(map_take),
        .reply_put(reply_put), .reply_word(reply_word), .reply_data(reply_data),
        .arvalid(arvalid), .arready(arready), .araddr(araddr), .arlen(arlen), .rvalid(rvalid), .rready(rready), .rdata(rdata), .rresp(rresp),
        .awvalid(awvalid), .awready(awready), .awaddr(awaddr), .awlen(awlen),
        .wvalid(wvalid), .wready(wready), .wdata(wdata), .wstrb(wstrb), .wlast(wlast), .bvalid(bvalid), .bready(bready), .bresp(bresp)
    );

    reg        past = 1'b0;
    reg        read_held = 1'b0, write_held = 1'b0, beat_held = 1'b0;
    reg [39:0] read_before, write_before;
    reg [72:0] beat_before;

    wire [12:0] read_end = {1'b0, araddr[11:0]} + {2'b00, arlen, 3'd0};
    wire [12:0] write_end = {1'b0, awaddr[11:0]} + {2'b00, awlen, 3'd0};

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        else
            assume (!reset);
        read_held <= arvalid && !arready;
        write_held <= awvalid && !awready;
        beat_held <= wvalid && !wready;
        read_before <= {araddr, arlen};
        write_before <= {awaddr, awlen};
        beat_before <= {wdata, wstrb, wlast};
        if (reset) begin
            read_held <= 0;
            write_held <= 0;
            beat_held <= 0;
        end
    end

    always @* begin
        if (past && !reset) begin
            if (read_held)
                assert (arvalid && {araddr, arlen} == read_before);
            if (write_held)
                assert (awvalid && {awaddr, awlen} == write_before);
            if (beat_held)
                assert (wvalid && {wdata, wstrb, wlast} == beat_before);
            if (arvalid)
                assert (arlen < 16 && araddr[2:0] == 0 && read_end < 13'h1000);
            if (awvalid)
                assert (awlen < 16 && awaddr[2:0] == 0 && write_end < 13'h1000);
            if (done)
                assert (!arvalid && !awvalid && !wvalid);
        end
    end

    always @(posedge clk)
        if (past)
            cover (done && $past(wvalid));
endmodule

`default_nettype wire
