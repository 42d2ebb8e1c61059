// Proof inside tern_sync_fifo: what goes in comes out, in order, once. A word at a place chosen by the solver is followed through.
`ifdef FORMAL
    (* anyconst *) reg [LOG2:0] watched;            // the place of the watched word in the order of all words, modulo twice the depth
    reg             past = 1'b0;
    reg             watched_in = 1'b0;              // the watched word is in the RAM
    reg             watched_out = 1'b0;             // ... in the output register
    reg [WIDTH-1:0] watched_data;

    wire [LOG2:0] held = head - tail;

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        assume (!(put && full));
        assume (!(take && !valid));
        if (reset) begin
            watched_in <= 1'b0;
            watched_out <= 1'b0;
        end else begin
            if (put && head == watched && !watched_in && !watched_out) begin
                watched_in <= 1'b1;
                watched_data <= put_data;
            end
            if (fetch && watched_in && tail == watched) begin
                watched_in <= 1'b0;
                watched_out <= 1'b1;
            end
            if (watched_out && take)
                watched_out <= 1'b0;
        end
    end

    wire [LOG2:0] distance = watched - tail;

    always @* begin
        if (past) begin
            assert (held <= (1 << LOG2));
            if (watched_in) begin
                assert (distance < held);                                   // it is among those that are held
                assert (memory[watched[LOG2-1:0]] == watched_data);
            end
            if (watched_out)
                assert (out_valid && out_data == watched_data);
        end
    end

    always @(posedge clk) begin
        if (past && !reset) begin
            if (stored && !out_valid)
                assert (fetch);                                             // nothing lingers
            cover (full && out_valid);
        end
    end
`endif
