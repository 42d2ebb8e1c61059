// The co-processor behind its SPI pins in a simulator with four states, so that a register that nobody set shows: RTL, and the same bench on
// the netlist after synthesis. A fixed stretch of commands at random addresses; the memory answers with random latency and back-pressure, takes
// addresses only with their data in some rounds, and answers no read while a write is open in some.
`timescale 1ns/1ps
`include "tern_protocol.vh"

module icarus_bench;
    parameter ROUNDS = 12;
    parameter PAYLOAD = 64;                     // the instance's payload buffer, in bytes
    localparam SIZE = 32768;

    reg clk = 1'b0;
    reg reset = 1'b1;
    reg sck = 1'b0, cs_n = 1'b1, mosi = 1'b0;
    wire miso, irq;

    always #5 clk = !clk;

    // ---- The memory behind both ports ----
    reg [7:0]  memory [0:SIZE - 1];
    reg [7:0]  expected [0:SIZE - 1];
    integer    seed = 1;

    wire        m_arvalid, m_rready, m_awvalid, m_wvalid, m_wlast, m_bready, r_awvalid, r_wvalid, r_wlast, r_bready;
    wire [31:0] m_araddr, m_awaddr, r_awaddr;
    wire [7:0]  m_arlen, m_awlen, r_awlen, m_wstrb, r_wstrb;
    wire [2:0]  m_arsize, m_awsize, r_awsize;
    wire [1:0]  m_arburst, m_awburst, r_awburst;
    wire [63:0] m_wdata, r_wdata;
    reg         m_arready = 0, m_rvalid = 0, m_rlast = 0, m_awready = 0, m_wready = 0, m_bvalid = 0, r_awready = 0, r_wready = 0, r_bvalid = 0;
    reg [63:0]  m_rdata;
    reg [31:0]  read_at, write_at, copy_at;
    integer     read_left = 0, read_wait = 0, answer_wait = 0, lane;
    reg         writing = 0, copying = 0;                   // a burst was begun and not answered
    reg         write_data = 0, copy_data = 0;              // ... and has beats to come
    reg         address_after_data = 0, reads_wait = 0;     // how the memory is in this round

    wire read_held = reads_wait && (writing || m_awvalid || m_wvalid);

    // One read burst, one write burst and one copy burst at a time.
    always @(posedge clk) begin
        m_arready <= !(m_arvalid && m_arready) && read_left == 0 && !read_held && $random(seed) % 2 == 0;
        if (m_arvalid && m_arready) begin
            read_at <= m_araddr;
            read_left <= m_arlen + 1;
            read_wait <= $random(seed) % 8 == 0 ? 300 : $random(seed) & 15;
            m_arready <= 1'b0;
        end else if (read_wait != 0)
            read_wait <= read_wait - 1;
        else if (read_left != 0 && (!m_rvalid || m_rready)) begin
            m_rvalid <= !read_held && !(m_rvalid && m_rready && read_left == 1) && ((m_rvalid ? read_left > 1 : 1) && $random(seed) % 4 != 0);
            for (lane = 0; lane < 8; lane = lane + 1)
                m_rdata[8*lane +: 8] <= memory[(read_at & 32'h7FF8) + (m_rvalid && m_rready ? 8 : 0) + lane];
            m_rlast <= read_left == (m_rvalid && m_rready ? 2 : 1);
            if (m_rvalid && m_rready) begin
                read_at <= read_at + 8;
                read_left <= read_left - 1;
            end
        end

        m_awready <= !writing && !(m_awvalid && m_awready) && (!address_after_data || m_wvalid) && $random(seed) % 2 == 0;
        if (m_awvalid && m_awready) begin
            writing <= 1'b1;
            write_data <= 1'b1;
            write_at <= m_awaddr;
            m_awready <= 1'b0;
        end
        m_wready <= write_data && $random(seed) % 3 != 0 && !(m_wvalid && m_wready && m_wlast);
        if (m_wvalid && m_wready) begin
            for (lane = 0; lane < 8; lane = lane + 1)
                if (m_wstrb[lane])
                    memory[(write_at & 32'h7FF8) + lane] <= m_wdata[8*lane +: 8];
            write_at <= write_at + 8;
            if (m_wlast) begin
                write_data <= 1'b0;
                answer_wait <= $random(seed) % 8 == 0 ? 500 : 1;
            end
        end
        if (answer_wait != 0) begin
            answer_wait <= answer_wait - 1;
            m_bvalid <= answer_wait == 1;
        end
        if (m_bvalid && m_bready) begin
            m_bvalid <= 1'b0;
            writing <= 1'b0;
        end

        r_awready <= !copying && !(r_awvalid && r_awready) && (!address_after_data || r_wvalid);
        if (r_awvalid && r_awready) begin
            copying <= 1'b1;
            copy_data <= 1'b1;
            copy_at <= r_awaddr;
        end
        r_wready <= copy_data && $random(seed) % 3 != 0 && !(r_wvalid && r_wready && r_wlast);
        if (r_wvalid && r_wready) begin
            for (lane = 0; lane < 8; lane = lane + 1)
                if (r_wstrb[lane])
                    memory[(copy_at & 32'h7FF8) + lane] <= r_wdata[8*lane +: 8];
            copy_at <= copy_at + 8;
            if (r_wlast) begin
                copy_data <= 1'b0;
                r_bvalid <= 1'b1;
            end
        end
        if (r_bvalid && r_bready) begin
            r_bvalid <= 1'b0;
            copying <= 1'b0;
        end
    end

    tern_spi_core `ifndef NETLIST #(.FAST(1), .PAYLOAD_LOG2(6), .QUEUE_LOG2(2), .FIFO_LOG2(5), .MAP_LOG2(9), .CRC_BYTES(1)) `endif core (
        .clk(clk), .reset(reset), .sck(sck), .cs_n(cs_n), .mosi(mosi), .miso(miso), .irq(irq),
        .m_arvalid(m_arvalid), .m_arready(m_arready), .m_araddr(m_araddr), .m_arlen(m_arlen), .m_arsize(m_arsize), .m_arburst(m_arburst),
        .m_rvalid(m_rvalid), .m_rready(m_rready), .m_rdata(m_rdata), .m_rresp(2'b00), .m_rlast(m_rlast),
        .m_awvalid(m_awvalid), .m_awready(m_awready), .m_awaddr(m_awaddr), .m_awlen(m_awlen), .m_awsize(m_awsize), .m_awburst(m_awburst),
        .m_wvalid(m_wvalid), .m_wready(m_wready), .m_wdata(m_wdata), .m_wstrb(m_wstrb), .m_wlast(m_wlast),
        .m_bvalid(m_bvalid), .m_bready(m_bready), .m_bresp(2'b00),
        .r_awvalid(r_awvalid), .r_awready(r_awready), .r_awaddr(r_awaddr), .r_awlen(r_awlen), .r_awsize(r_awsize), .r_awburst(r_awburst),
        .r_wvalid(r_wvalid), .r_wready(r_wready), .r_wdata(r_wdata), .r_wstrb(r_wstrb), .r_wlast(r_wlast),
        .r_bvalid(r_bvalid), .r_bready(r_bready), .r_bresp(2'b00)
    );

    // ---- The board ----
    reg [7:0]  out [0:511];
    reg [7:0]  in [0:511];
    integer    out_count, in_count, failures = 0, sequence_number = 0, i, j;

    function [31:0] crc_step(input [31:0] state, input [7:0] data);
        begin
            crc_step = state ^ data;
            repeat (8)
                crc_step = (crc_step >> 1) ^ (crc_step[0] ? 32'hEDB88320 : 32'd0);
        end
    endfunction

    task fail(input [8*40-1:0] what);
        begin
            failures = failures + 1;
            $display("FAILED: %0s at %0t", what, $time);
            if (failures == 20) begin
                $display("bench FAILED: enough");
                $finish;
            end
        end
    endtask

    // SCK at 40 MHz; the reply is sampled as SCK rises.
    task transfer(input integer count);
        integer at, bit_at;
        begin
            #200 cs_n = 1'b0;
            #25;
            for (at = 0; at < count; at = at + 1)
                for (bit_at = 7; bit_at >= 0; bit_at = bit_at - 1) begin
                    mosi = at < out_count ? out[at][bit_at] : 1'b0;
                    #12.5 in[at][bit_at] = miso;
                    sck = 1'b1;
                    #12.5 sck = 1'b0;
                end
            #25 cs_n = 1'b1;
            in_count = count;
        end
    endtask

    // The payload stands in out[16...] already.
    task make(input [7:0] command, input [31:0] a0, input [31:0] a1, input [31:0] a2, input integer length);
        reg [31:0] crc;
        begin
            out[0] = command;
            out[1] = sequence_number;
            {out[3], out[2]} = length[15:0];
            {out[7], out[6], out[5], out[4]} = a0;
            {out[11], out[10], out[9], out[8]} = a1;
            {out[15], out[14], out[13], out[12]} = a2;
            crc = 32'hFFFFFFFF;
            for (i = 0; i < 16 + length; i = i + 1)
                crc = crc_step(crc, out[i]);
            {out[19 + length], out[18 + length], out[17 + length], out[16 + length]} = ~crc;
            out_count = 20 + length;
        end
    endtask

    task check_reply;
        reg [31:0] crc;
        integer length;
        begin
            length = {in[5], in[4]};
            if (^length === 1'bx || length + 20 > in_count || in[0] !== `TERN_LEAD_0 || in[1] !== `TERN_LEAD_1)
                fail("a reply is not whole");
            else begin
                crc = 32'hFFFFFFFF;
                for (i = 2; i < 16 + length; i = i + 1)
                    crc = crc_step(crc, in[i]);
                if ({in[19 + length], in[18 + length], in[17 + length], in[16 + length]} !== ~crc)
                    fail("a reply's CRC-32 is wrong");
            end
        end
    endtask

    // Gives the command and polls until it is answered.
    task command(input [7:0] code, input [31:0] a0, input [31:0] a1, input [31:0] a2, input integer length, input [7:0] status);
        integer tries;
        begin
            sequence_number = (sequence_number + 1) & 255;
            tries = 0;
            in[2] = ~sequence_number;
            in[3] = `TERN_STATUS_PENDING;
            while ((in[2] !== sequence_number[7:0] || in[3] === `TERN_STATUS_PENDING) && tries < 200) begin
                if (in[2] !== sequence_number[7:0]) begin
                    make(code, a0, a1, a2, length);
                    transfer(out_count);
                end
                make(`TERN_CMD_POLL, 0, 0, 0, 0);
                transfer(20 + PAYLOAD);
                check_reply;
                tries = tries + 1;
            end
            if (in[3] !== status) begin
                fail("a command's status");
                $display("command %h: status %h, expected %h", code, in[3], status);
            end
        end
    endtask

    integer at, to, length, round;
    reg [31:0] crc;
    reg [7:0] job;

    initial begin
        for (j = 0; j < SIZE; j = j + 1) begin
            memory[j] = $random(seed);
            expected[j] = memory[j];
        end
        #103 reset = 1'b0;
        #100;
        command(`TERN_CMD_FILL, 0, 0, 8, 0, `TERN_STATUS_NOT_INTRODUCED);
        command(`TERN_CMD_IDENTIFY, 0, 0, 0, 0, `TERN_STATUS_OK);
        if ({in[16], in[17], in[18], in[19]} !== "TERN")
            fail("identity");
        command(`TERN_CMD_DIRTY_CLEAR, 0, 0, 64, 0, `TERN_STATUS_OK);
        // Region 0: 4 KB at 0, mirrored to 16 KB, granules of 256 bytes.
        command(`TERN_CMD_INTERCEPT_REGION, 32'h0000, 32'h4000, 32'h1008, 0, `TERN_STATUS_OK);
        command(`TERN_CMD_INTERRUPT_ENABLE, `TERN_IRQ_JOB_DONE, 0, 0, 0, `TERN_STATUS_OK);
        for (round = 0; round < ROUNDS; round = round + 1) begin
            {reads_wait, address_after_data} = round + 3;
            length = 1 + ($random(seed) & (PAYLOAD - 1));
            at = $random(seed) & 4095;
            if (at + length > 4096)
                at = 4096 - length;
            for (j = 0; j < 64; j = j + 1)
                out[16 + j] = $random(seed);
            for (j = 0; j < length; j = j + 1) begin
                expected[at + j] = out[16 + j];
                expected[16384 + at + j] = out[16 + j];
            end
            command(`TERN_CMD_WRITE, 0, at, 0, length, `TERN_STATUS_OK);
            to = 8192 + ($random(seed) & 4095);
            command(`TERN_CMD_COPY, at, to, length, 0, `TERN_STATUS_OK);
            for (j = 0; j < length; j = j + 1)
                expected[to + j] = expected[at + j];
            command(`TERN_CMD_CRC, to, 0, length, 0, `TERN_STATUS_OK);
            job = in[8];
            command(`TERN_CMD_READ, to, 0, length, 0, `TERN_STATUS_OK);
            crc = 32'hFFFFFFFF;
            for (j = 0; j < length; j = j + 1) begin
                if (in[16 + j] !== expected[to + j])
                    fail("what is read");
                crc = crc_step(crc, expected[to + j]);
            end
            command(`TERN_CMD_STATUS, job, 0, 0, 0, `TERN_STATUS_OK);
            if ({in[11], in[10], in[9], in[8]} !== ~crc)
                fail("a region's CRC-32");
            command(`TERN_CMD_DIRTY_READ, 0, 1, 8, 0, `TERN_STATUS_OK);
            for (j = 0; j < 16; j = j + 1)
                if (in[16 + j / 8][j % 8] !== (j >= at / 256 && j <= (at + length - 1) / 256))
                    fail("a dirty bit");
            if (irq !== 1'b1)
                fail("no interrupt");
            command(`TERN_CMD_INTERRUPT_ACKNOWLEDGE, 7, 0, 0, 0, `TERN_STATUS_OK);
            if (irq !== 1'b0)
                fail("an interrupt that was acknowledged");
        end
        command(`TERN_CMD_COMPARE, 0, 16384, 4096, 0, `TERN_STATUS_OK);
        job = in[8];
        command(`TERN_CMD_ABORT, 0, 0, 0, 0, `TERN_STATUS_OK);
        for (j = 0; j < SIZE; j = j + 1)
            if (memory[j] !== expected[j]) begin
                fail("the memory");
                $display("byte %h is %h, expected %h", j, memory[j], expected[j]);
                j = SIZE;
            end
        if (failures == 0)
            $display("bench passed: %0d rounds in %0d clocks", ROUNDS, $time / 10);
        else
            $display("bench FAILED");
        $finish;
    end

    initial begin
        #20000000 $display("bench FAILED: hangs");
        $finish;
    end
endmodule
