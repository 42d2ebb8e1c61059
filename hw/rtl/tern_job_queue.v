// Jobs that wait for the back end, in the order in which they were given. A job is {what, number, source, destination, length}.
//
// `room` counts what may still be put; the one that stands at the output counts as waiting until it is taken.
`default_nettype none

module tern_job_queue #(
    parameter LOG2 = 4                              // 2^LOG2 jobs
) (
    input  wire         clk,
    input  wire         reset,
    input  wire         put,
    input  wire [109:0] put_job,
    output wire         full,
    output wire [LOG2:0] room,
    output wire         valid,
    output wire [109:0] job,
    input  wire         take
);
    reg [LOG2:0] held;
    wire         fifo_full;

    assign full = held[LOG2];
    assign room = (1 << LOG2) - held;

    tern_sync_fifo #(.WIDTH(110), .LOG2(LOG2)) jobs (
        .clk(clk), .reset(reset), .put(put), .put_data(put_job), .full(fifo_full), .valid(valid), .data(job), .take(take)
    );

    always @(posedge clk) begin
        if (reset)
            held <= 0;
        else
            held <= held + {{LOG2{1'b0}}, put} - {{LOG2{1'b0}}, take};
    end

    wire unused = &{1'b0, fifo_full};               // holds one more than is ever put
endmodule

`default_nettype wire
