"""Pages of the register (普查底册): known households, survey rounds and their visits, layoff lists."""
