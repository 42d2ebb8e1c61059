# ZedBoard: the pins of PMOD JA. The convention's four pins; JA4 (AA9) can be a clock.
set_property -dict {PACKAGE_PIN Y11 IOSTANDARD LVCMOS33} [get_ports spi_cs_n]    ;# JA1
set_property -dict {PACKAGE_PIN AA11 IOSTANDARD LVCMOS33} [get_ports spi_mosi]    ;# JA2
set_property -dict {PACKAGE_PIN Y10 IOSTANDARD LVCMOS33} [get_ports spi_miso]    ;# JA3
set_property -dict {PACKAGE_PIN AA9 IOSTANDARD LVCMOS33} [get_ports spi_sck]    ;# JA4
set_property -dict {PACKAGE_PIN AB11 IOSTANDARD LVCMOS33} [get_ports irq]    ;# JA7
