// Proof inside tern_async_fifo, for any two clocks: they and the resets change whenever the solver likes, also both at once. What goes in comes
// out, in order, once: whatever stands at the output is the word that was put in that place, and no word is put over one that is left.
//
// A pointer that changed since the other clock's last edge is sampled by its next one with each changing bit old or new, as the solver likes;
// the edge after that sees the new value, and no bit is longer on its way than a reset lasts. So only a code of which one bit changes at a
// time passes.
// A reset is the rule that the module states: a side that is reset alone, with a pointer that is not zero, makes the promise void until
// both sides are reset at once.
`ifdef FORMAL
    (* gclk *) reg step;                                // every change of anything

    // ---- Which resets keep the promise ----------------------------------------------------------------------------------------------------
    reg was_put_reset = 1'b0;
    reg was_take_reset = 1'b0;
    reg was_zero = 1'b0;
    reg was_sound = 1'b0;

    wire both_reset = put_reset && take_reset;
    wire spoils = ((put_reset && !was_put_reset) || (take_reset && !was_take_reset)) && !was_zero;
    wire sound = both_reset || (was_sound && !spoils);

    always @(posedge step) begin
        was_put_reset <= put_reset;
        was_take_reset <= take_reset;
        was_zero <= head == 0 && tail == 0;
        was_sound <= sound;
    end

    // ---- How a pointer arrives ------------------------------------------------------------------------------------------------------------
    (* anyseq *) wire [LOG2:0] head_late;               // bits that still have their old value
    (* anyseq *) wire [LOG2:0] tail_late;
    reg [LOG2:0] head_before, tail_before;              // as the pointers stood before their last change
    reg          was_put_clk, was_take_clk;
    reg          head_fresh = 1'b0;                     // changed since the other clock's last edge
    reg          tail_fresh = 1'b0;
    reg [LOG2:0] was_head_gray, was_tail_gray;

    wire put_edge = put_clk && !was_put_clk;
    wire take_edge = take_clk && !was_take_clk;
    wire head_moves = head_gray != was_head_gray;
    wire tail_moves = tail_gray != was_tail_gray;

    // As they are in this step, for the edges of the next.
    wire head_is_fresh = !put_reset && !take_reset && (head_moves || (head_fresh && !take_edge));
    wire tail_is_fresh = !put_reset && !take_reset && (tail_moves || (tail_fresh && !put_edge));
    wire [LOG2:0] head_was = head_moves ? was_head_gray : head_before;
    wire [LOG2:0] tail_was = tail_moves ? was_tail_gray : tail_before;

    always @(posedge step) begin
        was_put_clk <= put_clk;
        was_take_clk <= take_clk;
        was_head_gray <= head_gray;
        was_tail_gray <= tail_gray;
        head_fresh <= head_is_fresh;
        tail_fresh <= tail_is_fresh;
        head_before <= head_was;
        tail_before <= tail_was;
    end

    assign head_arrived = head_is_fresh ? (head_gray & ~head_late) | (head_was & head_late) : head_gray;
    assign tail_arrived = tail_is_fresh ? (tail_gray & ~tail_late) | (tail_was & tail_late) : tail_gray;

    // ---- The watched word: whatever was last put in a place chosen by the solver, in the order of all words modulo twice the depth ----------
    (* anyconst *) reg [LOG2:0] watched;
    reg [WIDTH-1:0] watched_data;

    always @(posedge put_clk) begin
        if (put && !full && head == watched)
            watched_data <= put_data;
    end

    function [LOG2:0] binary(input [LOG2:0] gray);
        integer i;
        begin
            binary[LOG2] = gray[LOG2];
            for (i = LOG2 - 1; i >= 0; i = i - 1)
                binary[i] = binary[i + 1] ^ gray[i];
        end
    endfunction

    // Distances from the tail, and of the seen tails from the head.
    wire [LOG2:0] held = head - tail;
    wire [LOG2:0] held_early = binary(head_seen_early) - tail;
    wire [LOG2:0] held_seen = binary(head_seen) - tail;
    wire [LOG2:0] back_early = head - binary(tail_seen_early);
    wire [LOG2:0] back_seen = head - binary(tail_seen);
    wire [LOG2:0] place = watched - tail;
    localparam [LOG2:0] DEPTH = 1 << LOG2;

    reg begun = 1'b0;

    always @(posedge step)
        begun <= 1'b1;

    always @* begin
        if (!begun)
            assume (both_reset);
        if (begun && sound) begin
            // The promise.
            if (valid)
                assert (held != 0);
            if (valid && watched == tail)
                assert (data == watched_data);
            if (!full)
                assert (held != DEPTH);
            assert (held <= DEPTH);

            // Why it holds: each side sees the other's pointer late, never early.
            assert (head_gray == (head ^ (head >> 1)) && tail_gray == (tail ^ (tail >> 1)));
            assert (held_seen <= held_early && held_early <= held);
            assert (held <= back_early && back_early <= back_seen && back_seen <= DEPTH);
            if (head_is_fresh)
                assert (held_early < held && binary(head_was) == head - 1'b1);
            if (tail_is_fresh)
                assert (held < back_early && binary(tail_was) == tail - 1'b1);
            if (place < held)
                assert (memory[watched[LOG2-1:0]] == watched_data);
        end
    end
`endif
