// How a job says what it is, inside the core: {list, where the bytes go, where they come from}.
`ifndef TERN_JOBS_VH
`define TERN_JOBS_VH
`define TERN_FROM_MEMORY 2'd0
`define TERN_FROM_PATTERN 2'd1
`define TERN_FROM_PAYLOAD 2'd2
`define TERN_FROM_MAP 2'd3

`define TERN_TO_MEMORY 3'd0
`define TERN_TO_REPLY 3'd1
`define TERN_TO_CRC 3'd2
`define TERN_TO_COMPARISON 3'd3
`define TERN_TO_NOWHERE 3'd4
`endif
