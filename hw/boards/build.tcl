# Makes the bitstream for a board, without a project:
#
#     vivado -mode batch -source hw/boards/build.tcl -tclargs arty-z7-20|pynq-z2|zedboard
#
# Nobody has run this yet: Vivado was not to be had where it was written. It fails if the timing is not met.
set board [lindex $argv 0]
switch $board {
    arty-z7-20 { set part xc7z020clg400-1; set ddr {MT41K256M16 RE-125}; set width {16 Bit}; set crystal 50 }
    pynq-z2    { set part xc7z020clg400-1; set ddr {MT41K256M16 RE-125}; set width {16 Bit}; set crystal 50 }
    zedboard   { set part xc7z020clg484-1; set ddr {MT41J128M16 HA-15E}; set width {32 Bit}; set crystal 33.333333 }
    default    { puts "which board? arty-z7-20, pynq-z2 or zedboard"; exit 1 }
}
set here [file normalize [file dirname [info script]]]
set out [file join $here .. build $board]
file mkdir $out
create_project -in_memory -part $part
set_property include_dirs [file join $here .. rtl] [current_fileset]
read_verilog [glob [file join $here .. rtl *.v]]
read_verilog [file join $here tern_zynq.v]

# The processing system: DDR as on the board, FCLK0 at 100 MHz, HP0 and HP1 of 64 bits, no master port.
create_ip -name processing_system7 -vendor xilinx.com -library ip -module_name processing_system -dir $out
set_property -dict [list \
    CONFIG.PCW_CRYSTAL_PERIPHERAL_FREQMHZ $crystal \
    CONFIG.PCW_UIPARAM_DDR_PARTNO $ddr \
    CONFIG.PCW_UIPARAM_DDR_BUS_WIDTH $width \
    CONFIG.PCW_FPGA0_PERIPHERAL_FREQMHZ 100 \
    CONFIG.PCW_USE_M_AXI_GP0 0 \
    CONFIG.PCW_USE_S_AXI_HP0 1 CONFIG.PCW_S_AXI_HP0_DATA_WIDTH 64 \
    CONFIG.PCW_USE_S_AXI_HP1 1 CONFIG.PCW_S_AXI_HP1_DATA_WIDTH 64 \
] [get_ips processing_system]
generate_target all [get_ips processing_system]
synth_ip [get_ips processing_system]

read_xdc [file join $here $board.xdc]
read_xdc [file join $here timing.xdc]
synth_design -top tern_zynq -part $part
opt_design
place_design
phys_opt_design
route_design
report_timing_summary -file [file join $out timing.rpt]
report_utilization -file [file join $out utilization.rpt]
report_drc -file [file join $out drc.rpt]
set slack [get_property SLACK [get_timing_paths -delay_type max]]
if {$slack < 0} { puts "timing is not met: slack $slack ns"; exit 1 }
write_bitstream -force -bin_file [file join $out tern.bit]
