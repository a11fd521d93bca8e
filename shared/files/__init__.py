"""Files of rows that other systems export as CSV: read a little at a time, every mistake told with line and column."""
