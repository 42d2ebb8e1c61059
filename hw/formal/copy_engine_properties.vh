// Proof inside tern_copy_engine about its AXI channels: whatever the memory answers, whatever it waits for and whenever a stop comes,
// (1) VALID and what it carries stay until READY; bursts have at most 16 beats of whole words and do not cross 4 KB; `done` comes with nothing
//     offered.
// (2) Data before the address: every word that begun write bursts have still to give is in the FIFO, so no open write waits for a read.
// (3) No VALID waits for a READY of its own burst: one clock after a burst was begun its address is offered; two clocks after, and until its last
//     beat was taken, so is a beat, whether the address was taken or not. A read that may be asked for is offered a clock later.
// (4) A write burst has as many beats as its address says, with WLAST on the last one.
// FIFO: any_fifo.v; what that takes for granted is proved of tern_sync_fifo.
`ifdef FORMAL
    reg        past = 1'b0;
    reg        read_held = 1'b0, write_held = 1'b0, beat_held = 1'b0;
    reg [39:0] read_before, write_before;
    reg [72:0] beat_before;
    reg [5:0]  owed = 6'd0;                         // beats of begun write bursts that are not given
    reg        was_owed = 1'b0;                     // there were some a clock ago, and more than were given then
    reg        was_owed_before = 1'b0;              // two clocks ago
    reg        write_due = 1'b0, read_due = 1'b0;

    wire [12:0] read_end = {1'b0, araddr[11:0]} + {2'b00, arlen, 3'd0};
    wire [12:0] write_end = {1'b0, awaddr[11:0]} + {2'b00, awlen, 3'd0};
    // Beats until the burst that is being given ends, and of the one after it if that was begun too.
    wire [4:0]  this_room = 5'd8 - {2'd0, lane_word};
    wire [29:0] this_left = words_left < {25'd0, this_room} ? words_left : {25'd0, this_room};
    wire [29:0] next_all = words_left - this_left < 30'd8 ? words_left - this_left : 30'd8;

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        else
            assume (!reset);
        read_held <= !reset && arvalid && !arready;
        write_held <= !reset && awvalid && !awready;
        beat_held <= !reset && wvalid && !wready;
        read_before <= {araddr, arlen};
        write_before <= {awaddr, awlen};
        beat_before <= {wdata, wstrb, wlast};
        owed <= reset || !running ? 6'd0 : owed + (write_address ? {1'b0, target_beats} : 6'd0) - {5'd0, write_beat};
        was_owed <= !reset && running && owed != {5'd0, write_beat};
        was_owed_before <= was_owed && !reset;
        write_due <= !reset && running && !halt && writes && target_left != 0 && !target_outside && unclaimed >= target_beats
            && !awvalid && open == 0 && unanswered == 0;
        read_due <= !reset && running && !halt && reads && !second && source_left != 0 && !source_outside && has_credit && !arvalid;
    end

    always @* begin
        if (past && !reset) begin
            // (1)
            if (read_held)
                assert (arvalid && {araddr, arlen} == read_before);
            if (write_held)
                assert (awvalid && {awaddr, awlen} == write_before);
            if (beat_held)
                assert (wvalid && {wdata, wstrb, wlast} == beat_before);
            if (arvalid)
                assert (arlen < 16 && araddr[2:0] == 0 && read_end < 13'h1000);
            if (awvalid)
                assert (awlen < 8 && awaddr[2:0] == 0 && write_end < 13'h1000);
            if (done)
                assert (!arvalid && !awvalid && !wvalid);
            // (2)
            if (running)
                assert (owed <= fifo_held);
            // (3)
            if (write_due)
                assert (awvalid);
            if (was_owed && write_free)
                assert (write_beat);
            if (was_owed_before)
                assert (wvalid);
            if (read_due)
                assert (arvalid);
            // (4)
            if (running && write_beat)
                assert (owed != 0 && write_last == (this_left == 1));
            if (running && writes)
                assert ({24'd0, owed} == (open == 0 ? 30'd0 : open == 1 ? this_left : this_left + next_all));
            if (write_address)
                assert ({25'd0, target_beats} == (open == 0 ? this_left : next_all));
        end
        if (past && running && !reset) begin
            // What holds in between.
            assert (open != 3);
            if (!writes)
                assert (open == 0 && owed == 0);
            else begin
                assert (fifo_held == unclaimed + {{(FIFO_LOG2-4){1'b0}}, owed});
                assert (!second);
                assert (open == 0 || this_left != 0);
                assert (open != 2 || next_all != 0);
                assert (target_left == words_left - {24'd0, owed} && owed <= words_left);
                assert (target_word[2:0] == lane_word + owed[2:0] || target_left == 0);
            end
        end
    end

    always @(posedge clk)
        if (past)
            cover (done && $past(wvalid));
`endif
