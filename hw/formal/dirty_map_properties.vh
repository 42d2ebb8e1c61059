// Proof inside tern_dirty_map: no mark is lost and none is given twice. One bit is watched; the judge knows what it should be.
`ifdef FORMAL
    (* anyconst *) reg [LOG2-1:0] watched;
    reg       past = 1'b0;
    reg       judge = 1'b0;                         // the bit as marks and clearing readings leave it
    reg       judge_known = 1'b0;                   // it was marked or cleared once: a RAM begins unknown
    reg       marked_since = 1'b0;                  // ... since `seen` was read at the watched place

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        if (mark && mark_ready && mark_bit == watched) begin
            judge <= 1'b1;
            judge_known <= 1'b1;
        end else if (commit && clear && at == watched) begin
            judge <= 1'b0;
            judge_known <= 1'b1;
        end
    end

    always @* begin
        if (past && !reset) begin
            // A reading gives the bit as it is when the reading commits to it, so a clearing one gives each mark exactly once.
            if (commit && at == watched && judge_known)
                assert (seen == judge);
            // Marks and clearings never want the RAM in the same clock, so neither is dropped.
            assert (!(commit && mark && mark_ready));
        end
        if (past) begin
            if (judge_known)
                assert (memory[watched] == judge);
            if (fetched && run && at == watched && judge_known)
                assert (seen == judge || turn == 1'b0);
        end
    end

    // A reading gets its turn: at most sixteen marks pass it, then it commits within two clocks.
    reg [4:0] passed_by = 5'd0;
    reg [1:0] turn_age = 2'd0;

    always @(posedge clk) begin
        if (reset || !run || commit)
            passed_by <= 5'd0;
        else if (works && mark && mark_ready)
            passed_by <= passed_by + 5'd1;
        turn_age <= turn && !reset && run && !commit ? turn_age + 2'd1 : 2'd0;
    end

    always @* begin
        if (past) begin
            assert (passed_by <= 16);
            if (turn && run)
                assert (works && passed_by >= 15);
            if (!turn)
                assert (passed_by == {1'b0, lost});
            assert (turn_age < 2);
            if (turn_age == 1)
                assert (fetched);
        end
    end
`endif
