# Timing that is the same on every board. FCLK0's clock comes with the processing system.
create_clock -name sck -period 12.500 [get_ports spi_sck]

# Between SCK and the clock there are Gray-coded pointers and what they guard: a pointer's bits must not part by more than a clock.
set_max_delay -datapath_only -from [get_clocks sck] -to [get_clocks clk_fpga_0] 10.000
set_max_delay -datapath_only -from [get_clocks clk_fpga_0] -to [get_clocks sck] 10.000

# The master holds CS half a period around SCK's edges; as a reset it has no other timing.
set_false_path -from [get_ports spi_cs_n]
set_false_path -to [get_ports irq]

# MOSI is given on SCK's falling edge and taken on its rising one. MISO leaves on the falling edge; what is left of the half period is the
# wire's and the master's.
set_input_delay -clock sck -clock_fall -max 2.000 [get_ports spi_mosi]
set_input_delay -clock sck -clock_fall -min 0.000 [get_ports spi_mosi]
set_output_delay -clock sck -max 1.000 [get_ports spi_miso]
set_output_delay -clock sck -min 0.000 [get_ports spi_miso]

set_property PULLUP TRUE [get_ports spi_cs_n]
