// Proof inside tern_sync_fifo: what goes in comes out, in order, once. A word at a place chosen by the solver is followed through. And a word that
// was put is offered two clocks later, whether it is taken or not, and stays until it is: what any_fifo.v takes for granted.
`ifdef FORMAL
    (* anyconst *) reg [LOG2:0] watched;            // the place of the watched word in the order of all words, modulo twice the depth
    reg             past = 1'b0;
    reg             watched_in = 1'b0;              // the watched word is in the RAM
    reg             watched_out = 1'b0;             // ... in the output register
    reg [WIDTH-1:0] watched_data;

    reg [LOG2+1:0]  all = 0;                        // words, from outside
    reg             due = 1'b0;                     // words were here a clock ago, and stayed
    reg             kept = 1'b0;                    // a word was offered and not taken
    reg [WIDTH-1:0] kept_data;

    wire [LOG2:0] held = head - tail;

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        assume (!(put && full));
        assume (!(take && !valid));
        all <= reset ? 0 : all + {{(LOG2+1){1'b0}}, put} - {{(LOG2+1){1'b0}}, take};
        due <= !reset && all != {{(LOG2+1){1'b0}}, take};
        kept <= !reset && valid && !take;
        kept_data <= data;
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
            assert (all == {1'b0, held} + {{(LOG2+1){1'b0}}, out_valid});
            assert (!due || valid);
            assert (!valid || all != 0);
            assert (!kept || data == kept_data);
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
