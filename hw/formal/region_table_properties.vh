// Proof inside tern_region_table, for short page numbers: what it says of a page is what plain comparisons of the regions that were stored say.
`ifdef FORMAL
    reg         past = 1'b0;
    reg  [PAGE_BITS:0] judge_primary [0:3];
    reg  [PAGE_BITS-1:0] judge_redundant [0:3];
    reg  [PAGE_BITS:0] judge_pages [0:3];
    reg  [3:0]  judge_shift [0:3];
    wire [3:0]  judge_in;
    genvar      j;

    generate
        for (j = 0; j < 4; j = j + 1) begin : judge
            assign judge_in[j] = {1'b0, page} >= judge_primary[j] && {1'b0, page} < judge_primary[j] + judge_pages[j];

            always @(posedge clk) begin
                if (store && set_region == j) begin
                    judge_primary[j] <= {1'b0, set_primary};
                    judge_redundant[j] <= set_redundant;
                    judge_shift[j] <= set_shift;
                end
                if (reset)
                    judge_pages[j] <= 0;
                else if (store && set_region == j)
                    judge_pages[j] <= {1'b0, set_pages};
            end

            always @* begin
                if (past) begin
                    assert (entry[j].pages_inverted == ~judge_pages[j][PAGE_BITS-1:0] && !judge_pages[j][PAGE_BITS]);
                    if (judge_pages[j] != 0) begin
                        assert (entry[j].primary_inverted == ~judge_primary[j][PAGE_BITS-1:0] && !judge_primary[j][PAGE_BITS]);
                        assert (redundants[j] == judge_redundant[j] && shifts[j] == judge_shift[j]);
                    end
                    // A region that ran over the end of the addresses would begin again at zero; nothing lies there.
                    assume ({1'b0, judge_primary[j]} + judge_pages[j] <= (1 << PAGE_BITS));
                end
            end
        end
    endgenerate

    wire [1:0] judge_region = judge_in[0] ? 2'd0 : judge_in[1] ? 2'd1 : judge_in[2] ? 2'd2 : 2'd3;

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset && !store);
    end

    always @* begin
        if (past) begin
            assert (hit == |judge_in);
            if (hit) begin
                assert (region == judge_region);
                assert (offset == page - judge_primary[judge_region][PAGE_BITS-1:0]);
                assert (redundant == judge_redundant[judge_region] + offset);
                assert (shift == judge_shift[judge_region]);
            end
        end
    end
`endif
