// Proof inside tern_frame_receiver: `good` is only given for a frame that is in order, by a judgement of its own. The judge counts bytes,
// reads the length and computes the CRC-32 in the textbook's form (unreflected, bit by bit); it compares the four bytes that came with the
// four that should have come, where the checker looks at the CRC register's residue.
`ifdef FORMAL
    reg         past = 1'b0;
    reg [16:0]  judge_count;                        // bytes of this selection, saturating
    reg [15:0]  judge_length;
    reg [31:0]  judge_crc;                          // highest bit first
    reg         judge_right;                        // the CRC bytes so far are the right ones
    reg [2:0]   judge_checked;                      // how many came
    reg         judge_refused;
    reg         judge_good;                         // the selection that just ended held a frame in order

    function [31:0] textbook(input [31:0] state, input [7:0] data);
        integer k;
        begin
            textbook = state;
            for (k = 0; k < 8; k = k + 1)
                textbook = {textbook[30:0], 1'b0} ^ ((textbook[31] ^ data[k]) ? 32'h04C11DB7 : 32'd0);
        end
    endfunction

    function [31:0] reversed(input [31:0] word);
        integer k;
        begin
            for (k = 0; k < 32; k = k + 1)
                reversed[k] = word[31 - k];
        end
    endfunction

    wire [31:0] right_bytes = ~reversed(judge_crc);
    wire [7:0]  right_byte = right_bytes[8*judge_checked[1:0] +: 8];
    wire        judge_whole = judge_checked == 4;

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        judge_good <= 1'b0;
        if (reset || !active) begin
            judge_good <= !reset && was_active && judge_whole && judge_right;
            judge_count <= 17'd0;
            judge_length <= 16'd0;
            judge_crc <= 32'hFFFFFFFF;
            judge_right <= 1'b1;
            judge_checked <= 3'd0;
        end else if (rx_valid) begin
            if (!judge_count[16])
                judge_count <= judge_count + 17'd1;
            if (judge_count == 2)
                judge_length[7:0] <= rx_data;
            if (judge_count == 3)
                judge_length[15:8] <= rx_data;
            if (judge_count < 16 || judge_count < {1'b0, judge_length} + 17'd16)
                judge_crc <= textbook(judge_crc, rx_data);
            else if (!judge_whole && judge_length <= (1 << PAYLOAD_LOG2)) begin
                judge_checked <= judge_checked + 3'd1;
                judge_right <= judge_right && rx_data == right_byte;
            end
        end
    end

    // What the checker's register would be if every CRC byte so far were right: feeding a register the bytes of its own complement shifts it
    // out and leaves, whatever it was, the CRC register of as many bytes of ones that began with zero.
    wire [31:0] reflected = reversed(judge_crc);
    wire [31:0] right_1 = (reflected >> 8) ^ 32'h2D02EF8D;
    wire [31:0] right_2 = (reflected >> 16) ^ 32'hBE2612FF;
    wire [31:0] right_3 = (reflected >> 24) ^ 32'h00BE2612;
    wire [31:0] right_4 = 32'hDEBB20E3;
    wire [31:0] right_state = judge_checked == 0 ? reflected : judge_checked == 1 ? right_1 : judge_checked == 2 ? right_2
        : judge_checked == 3 ? right_3 : right_4;
    wire [31:0] difference = crc ^ right_state;

    always @* begin
        if (past && !reset) begin
            // The claim.
            if (good)
                assert (judge_good);
            assert (!(good && bad));
            if (buffer_write != 8'h00)
                assert (state == PAYLOAD && !refuse);
        end
        if (past) begin
            // What holds in between, so that the claim follows without bound.
            assert (judge_checked <= 4);
            assert (judge_count <= 17'h10000);
            if (was_active || state != HEADER || count != 0) begin
                case (state)
                    HEADER: begin
                        assert (judge_count == count && count < 16 && judge_checked == 0 && judge_right);
                        if (count > 2)
                            assert (judge_length[7:0] == bytes[127 - 8*(count - 3) -: 8]);
                        if (count > 3)
                            assert (judge_length[15:8] == bytes[127 - 8*(count - 4) -: 8]);
                    end
                    PAYLOAD: begin
                        assert (judge_count == {1'b0, count} + 16 && judge_length == length && judge_checked == 0 && judge_right);
                        assert (count < length && length <= (1 << PAYLOAD_LOG2));
                    end
                    CHECK:
                        assert (count < 4 && judge_checked == count && judge_length == length && length <= (1 << PAYLOAD_LOG2)
                            && judge_count == {1'b0, length} + 16 + count);
                    COMPLETE: begin
                        assert (judge_whole && judge_length == length && length <= (1 << PAYLOAD_LOG2));
                        assert (judge_count >= {1'b0, length} + 20);
                        assert (crc_good == judge_right);
                    end
                    default: begin
                        assert (state == OVERLONG && judge_count >= 16);
                        assert (!judge_whole);
                    end
                endcase
                if (state != COMPLETE && state != OVERLONG && (state != HEADER || count != 0)) begin
                    if (judge_right)
                        assert (difference == 0);
                    else
                        assert (judge_checked != 0 && (difference >> (32 - 8*judge_checked)) != 0);
                end
            end
            if (state == HEADER && count == 0)
                assert (judge_crc == 32'hFFFFFFFF && crc == 32'hFFFFFFFF);
            if (state == OVERLONG)
                assert (judge_length > (1 << PAYLOAD_LOG2) && judge_checked == 0);
        end
    end

    always @(posedge clk) begin
        if (past)
            cover (good);
    end
`endif
