// Stands for tern_sync_fifo in the proofs about what uses one: of its words nothing is known, of its handshake what its own proof shows. A word
// that was put is offered two clocks later, whether it is taken or not, and stays until it is.
`default_nettype none

module tern_sync_fifo #(
    parameter WIDTH = 8,
    parameter LOG2 = 4
) (
    input  wire             clk,
    input  wire             reset,
    input  wire             put,
    input  wire [WIDTH-1:0] put_data,
    output wire             full,
    output wire             valid,
    output wire [WIDTH-1:0] data,
    input  wire             take,
    output reg  [LOG2+1:0]  held                    // words, for the proof
);
    (* anyseq *) reg             any_valid;
    (* anyseq *) reg [WIDTH-1:0] any_data;
    reg             due = 1'b0;                     // words were here a clock ago, and stayed
    reg             kept = 1'b0;                    // a word was offered and not taken
    reg [WIDTH-1:0] kept_data;

    initial held = 0;
    assign valid = any_valid;
    assign data = any_data;
    assign full = held >= (1 << LOG2);

    always @(posedge clk) begin
        held <= reset ? 0 : held + {{(LOG2+1){1'b0}}, put} - {{(LOG2+1){1'b0}}, take};
        due <= !reset && held != {{(LOG2+1){1'b0}}, take};
        kept <= !reset && valid && !take;
        kept_data <= data;
        assume (!(put && held > (1 << LOG2)));      // the user's duty, simulated
    end

    always @* begin
        assume (!due || valid);
        assume (!valid || held != 0);
        assume (!kept || data == kept_data);
        assert (!take || valid);                    // the user's duty, proved here
    end

    wire unused = &{1'b0, put_data};
endmodule

`default_nettype wire
