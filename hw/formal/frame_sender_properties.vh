// Proof inside tern_frame_sender: a byte is offered two clocks after the selection began or the last one was taken, whether it is taken or not,
// and stays until it is.
`ifdef FORMAL
    reg       past = 1'b0;
    reg [1:0] without = 2'd0;                       // clocks of the selection in which no byte was offered, since one was
    reg       kept = 1'b0;                          // a byte was offered and not taken
    reg [7:0] kept_data;

    always @(posedge clk) begin
        past <= 1'b1;
        if (!past)
            assume (reset);
        without <= reset || !active || tx_valid ? 2'd0 : without + 2'd1;
        kept <= !reset && active && tx_valid && !tx_take;
        kept_data <= tx_data;
    end

    always @* begin
        if (past && !reset) begin
            if (active)
                assert (without < 2 || tx_valid);
            assert (without <= 2 && (without == 0 || fetched || tx_valid));
            assert (!kept || (tx_valid && tx_data == kept_data));
        end
    end
`endif
