// The intercepted regions: says for an address whether it is in a primary region, where its redundant copy is, and which granules it lies in.
//
// Everything is in pages of 4 KB, which no AXI burst crosses, so one look-up is right for a whole burst. Of overlapping regions the lowest
// number counts. A region of no pages is off; after a reset all are.
`default_nettype none

module tern_region_table #(
    parameter PAGE_BITS = 20
) (
    input  wire        clk,
    input  wire        reset,

    input  wire        store,
    input  wire [1:0]  set_region,
    input  wire [PAGE_BITS-1:0] set_primary,
    input  wire [PAGE_BITS-1:0] set_redundant,
    input  wire [PAGE_BITS-1:0] set_pages,
    input  wire [3:0]  set_shift,

    input  wire [PAGE_BITS-1:0] page,
    output wire        hit,
    output wire [1:0]  region,
    output wire [PAGE_BITS-1:0] redundant,
    output wire [PAGE_BITS-1:0] offset,                      // in the region
    output wire [3:0]  shift
);
    reg  [PAGE_BITS-1:0] redundants [0:3];
    reg  [3:0]  shifts [0:3];
    wire [3:0]  hits;
    wire [4*PAGE_BITS-1:0] distances;

    always @(posedge clk) begin
        if (store) begin
            redundants[set_region] <= set_redundant;
            shifts[set_region] <= set_shift;
        end
    end

    genvar i;
    generate
        for (i = 0; i < 4; i = i + 1) begin : entry
            reg [PAGE_BITS-1:0] pages_inverted;              // both inverted, so that each comparison is one chain of carries
            reg [PAGE_BITS-1:0] primary_inverted;

            wire [PAGE_BITS:0] away = {page, 1'b1} + {primary_inverted, 1'b1};        // the low ones carry the subtraction's one in
            wire [PAGE_BITS+1:0] sum = {1'b0, away[PAGE_BITS:1], 1'b1} + {1'b0, pages_inverted, 1'b1};

            assign distances[PAGE_BITS*i +: PAGE_BITS] = away[PAGE_BITS:1];
            assign hits[i] = !sum[PAGE_BITS+1];

            always @(posedge clk) begin
                if (reset) begin
                    primary_inverted <= {PAGE_BITS{1'b1}};
                    pages_inverted <= {PAGE_BITS{1'b1}};
                end else if (store && set_region == i) begin
                    primary_inverted <= ~set_primary;
                    pages_inverted <= ~set_pages;
                end
            end

            wire unused = &{1'b0, sum[PAGE_BITS:0], away[0]};
        end
    endgenerate

    assign hit = |hits;
    assign region = hits[0] ? 2'd0 : hits[1] ? 2'd1 : hits[2] ? 2'd2 : 2'd3;
    assign offset = distances[PAGE_BITS*region +: PAGE_BITS];
    assign redundant = redundants[region] + offset;
    assign shift = shifts[region];

`ifdef FORMAL
`include "region_table_properties.vh"
`endif
endmodule

`default_nettype wire
