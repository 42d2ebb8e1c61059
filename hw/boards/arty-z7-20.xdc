# Arty Z7-20: the pins of PMOD JA. SCK is on JA7 and not on the convention's JA4, whose pin (Y17) cannot be a clock.
set_property -dict {PACKAGE_PIN Y18 IOSTANDARD LVCMOS33} [get_ports spi_cs_n]    ;# JA1
set_property -dict {PACKAGE_PIN Y19 IOSTANDARD LVCMOS33} [get_ports spi_mosi]    ;# JA2
set_property -dict {PACKAGE_PIN Y16 IOSTANDARD LVCMOS33} [get_ports spi_miso]    ;# JA3
set_property -dict {PACKAGE_PIN U18 IOSTANDARD LVCMOS33} [get_ports spi_sck]    ;# JA7
set_property -dict {PACKAGE_PIN U19 IOSTANDARD LVCMOS33} [get_ports irq]    ;# JA8
