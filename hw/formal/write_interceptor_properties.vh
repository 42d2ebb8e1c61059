// Proof inside tern_write_interceptor: an accepted write to an intercepted region is always mirrored and marked, and any other never. What an
// intercepted region is, the region table says, whose own proof that is. Four claims, each without bound:
// (1) When an accepted address is let pass, it went to the memory, and if it is intercepted to its redundant address, and the granule that
//     the solver chose is marked if and only if the burst touches it; the orders are told whether it is intercepted.
// (2) A beat passes only when the memory has it, and if its burst is mirrored the copy has it too: each once.
// (3) An answer is given only with the memory's and, if its burst is mirrored, the copy's; it is the worse of them.
// (4) No VALID waits for a READY of its own burst: a clock after an address was accepted it is offered, with its mark; two clocks after, its
//     beats are offered as the master offers them, whether an address was taken or not; an answer is offered as both memories offer theirs.
//     What is offered stays until it is taken.
// That the n-th beat and answer meet the n-th burst's entry is the FIFO's own proof; of FIFOs, any_fifo.v is taken for granted.
`ifdef FORMAL
    (* anyconst *) reg [MAP_LOG2-3:0] watched;
    reg                past = 1'b0;
    reg                judge_held = 1'b0;           // an address was accepted and not yet let pass
    reg                judge_hit;
    reg [1:0]          judge_region;
    reg [31:0]         judge_address;
    reg [31:0]         judge_redundant;
    reg                judge_touches;               // the burst has a byte in the watched granule
    reg                judge_primary_sent;
    reg                judge_redundant_sent;
    reg                judge_marked;                // the watched granule
    reg                judge_primary_beat;
    reg                judge_redundant_beat;
    reg [ORDER_LOG2+1:0] judge_ahead = 0;           // bursts that were accepted and whose last beat has not passed
    reg                judge_ahead_before = 1'b0;   // there were some a clock ago, and more than passed then
    reg [5:0]          waits = 6'd0;                // channels that offered something a clock ago which was not taken
    reg [DATA_BITS+DATA_BITS/8:0] beat_before;
    reg [1+ID_BITS:0]  answer_before;
    reg [44:0]         primary_before, redundant_before;
    reg [MAP_LOG2-1:0] mark_before;
    reg                master_waits = 1'b0, primary_answer_waits = 1'b0, redundant_answer_waits = 1'b0;
    reg [1:0]          primary_answer_before, redundant_answer_before;

    // The burst's bytes as offsets in the region, and the watched granule's.
    wire [32:0] judge_bytes = {24'd0, {1'b0, s_awlen} + 9'd1} << s_awsize;
    wire [32:0] judge_first = {1'b0, hit_offset, s_awaddr[11:0]};
    wire [32:0] judge_last = ({1'b0, hit_offset, s_awaddr[11:0]} & ~((33'd1 << s_awsize) - 33'd1)) + judge_bytes - 33'd1;
    wire [32:0] granule_first = {{(33 - MAP_LOG2 + 2){1'b0}}, watched} << ({1'b0, hit_shift} + 5'd8);
    wire [32:0] granule_last = granule_first + (33'd1 << ({1'b0, hit_shift} + 5'd8)) - 33'd1;

    wire mark_now = mark && mark_ready;
    wire primary_now = m_awvalid && m_awready;
    wire redundant_now = r_awvalid && r_awready;
    wire watched_now = mark_now && mark_bit == {judge_region, watched};

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        // A master that keeps AXI's rules for increasing bursts; a region whose granules all have their bit, as the decoder sees to.
        assume (s_awburst == 2'b01 && s_awsize <= 3);
        assume ({1'b0, s_awaddr[11:0] & ~((12'd1 << s_awsize) - 12'd1)} + judge_bytes[12:0] <= 13'h1000);
        assume (hit_shift <= 8);
        assume (!hit || (judge_last >> ({1'b0, hit_shift} + 5'd8)) < (1 << (MAP_LOG2 - 2)));

        // The master and the memories keep what they offer.
        master_waits <= !reset && s_wvalid && !s_wready;
        primary_answer_waits <= !reset && m_bvalid && !m_bready;
        redundant_answer_waits <= !reset && r_bvalid && !r_bready;
        primary_answer_before <= m_bresp;
        redundant_answer_before <= r_bresp;

        judge_ahead <= reset ? 0 : judge_ahead + {{(ORDER_LOG2+1){1'b0}}, accept} - {{(ORDER_LOG2+1){1'b0}}, beat_passed && s_wlast};
        judge_ahead_before <= !reset && judge_ahead != {{(ORDER_LOG2+1){1'b0}}, beat_passed && s_wlast};
        waits <= reset ? 6'd0 : {mark && !mark_ready, s_bvalid && !s_bready, r_wvalid && !r_wready, m_wvalid && !m_wready,
            r_awvalid && !r_awready, m_awvalid && !m_awready};
        beat_before <= {s_wdata, s_wstrb, s_wlast};
        answer_before <= {s_bresp, s_bid};
        primary_before <= {m_awaddr, m_awlen, m_awsize, m_awburst};
        redundant_before <= {r_awaddr, r_awlen, r_awsize, r_awburst};
        mark_before <= mark_bit;

        if (accept) begin
            judge_hit <= hit;
            judge_region <= hit_region;
            judge_address <= s_awaddr;
            judge_redundant <= {hit_redundant, s_awaddr[11:0]};
            judge_touches <= hit && judge_last >= granule_first && judge_first <= granule_last;
        end
        if (reset)
            judge_held <= 1'b0;
        else
            judge_held <= accept || (judge_held && !passed);
        judge_primary_sent <= !accept && (judge_primary_sent || primary_now);
        judge_redundant_sent <= !accept && (judge_redundant_sent || redundant_now);
        judge_marked <= !accept && (judge_marked || watched_now);
        if (reset || beat_passed) begin
            judge_primary_beat <= 1'b0;
            judge_redundant_beat <= 1'b0;
        end else begin
            judge_primary_beat <= judge_primary_beat || (m_wvalid && m_wready);
            judge_redundant_beat <= judge_redundant_beat || (r_wvalid && r_wready);
        end
    end

    // The granules that are still to be marked, as a range.
    wire [MAP_LOG2-3:0] granule_end = granule + {{(MAP_LOG2 - 6){1'b0}}, granules_left};
    wire                watched_to_come = marks_owed && watched >= granule && watched <= granule_end;

    always @* begin
        assume (!master_waits || (s_wvalid && {s_wdata, s_wstrb, s_wlast} == beat_before));
        assume (!primary_answer_waits || (m_bvalid && m_bresp == primary_answer_before));
        assume (!redundant_answer_waits || (r_bvalid && r_bresp == redundant_answer_before));
        if (past && !reset) begin
            // (1)
            assert (judge_held == held);
            if (primary_now)
                assert (held && !judge_primary_sent && m_awaddr == judge_address);
            if (redundant_now)
                assert (held && !judge_redundant_sent && judge_hit && r_awaddr == judge_redundant);
            if (passed) begin
                assert (judge_primary_sent || primary_now);
                assert ((judge_redundant_sent || redundant_now) == judge_hit);
                assert ((judge_marked || watched_now) == judge_touches);
                assert (mirrored == judge_hit);
            end
            if (mark_now)
                assert (held && judge_hit && mark_bit[MAP_LOG2-1:MAP_LOG2-2] == judge_region);
            // (2)
            if (beat_passed) begin
                assert (judge_primary_beat || (m_wvalid && m_wready));
                assert ((judge_redundant_beat || (r_wvalid && r_wready)) == beats_mirrored);
            end
            assert (!(judge_primary_beat && m_wvalid));
            assert (!(judge_redundant_beat && r_wvalid));
            if (m_wvalid)
                assert (m_wdata == s_wdata && m_wstrb == s_wstrb && m_wlast == s_wlast);
            if (r_wvalid)
                assert (r_wdata == s_wdata && r_wstrb == s_wstrb && r_wlast == s_wlast);
            // (3)
            if (answered) begin
                assert (m_bvalid && m_bready && s_bresp >= m_bresp);
                if (answer_mirrored)
                    assert (r_bvalid && r_bready && s_bresp >= r_bresp);
                else
                    assert (!r_bready && s_bresp == m_bresp);
            end else
                assert (!m_bready && !r_bready);
            // (4)
            if (judge_held) begin
                assert (m_awvalid == !judge_primary_sent && r_awvalid == (judge_hit && !judge_redundant_sent));
                assert (!judge_touches || judge_marked || mark);
            end
            if (judge_ahead_before && s_wvalid) begin
                assert (m_wvalid == !judge_primary_beat);
                assert (r_wvalid == (beats_mirrored && !judge_redundant_beat));
            end
            if (answer_known && m_bvalid && (!answer_mirrored || r_bvalid))
                assert (s_bvalid);
            assert (m_arvalid == s_arvalid && s_rvalid == m_rvalid);
            assert ((waits & ~{mark, s_bvalid, r_wvalid, m_wvalid, r_awvalid, m_awvalid}) == 0);
            if (waits[0])
                assert ({m_awaddr, m_awlen, m_awsize, m_awburst} == primary_before);
            if (waits[1])
                assert ({r_awaddr, r_awlen, r_awsize, r_awburst} == redundant_before);
            if (waits[2] || waits[3])
                assert ({s_wdata, s_wstrb, s_wlast} == beat_before);
            if (waits[4])
                assert ({s_bresp, s_bid} == answer_before);
            if (waits[5])
                assert (mark_bit == mark_before);
        end
        if (past) begin
            // What holds in between.
            assert (judge_ahead == beats_held);
            assert (primary_given == judge_primary_beat && redundant_given == judge_redundant_beat);
            assert (!primary_given || beats_known);
            assert (!redundant_given || (beats_known && beats_mirrored));
            if (held) begin
                assert (mirrored == judge_hit && address == judge_address && {redundant_page, address[11:0]} == judge_redundant);
                assert (marked_region == judge_region);
                assert (judge_primary_sent == !primary_owed);
                assert (judge_redundant_sent == (judge_hit && !redundant_owed));
                assert (!redundant_owed || judge_hit);
                assert (!marks_owed || (judge_hit && granule_end >= granule));
                assert (judge_touches == (judge_marked || watched_to_come));
                assert (!(judge_marked && watched_to_come));
            end else
                assert (!primary_owed && !redundant_owed && !marks_owed);
        end
    end
`endif
