"""Tables as people upload them: XLSX and CSV read with care, places and rooms understood."""
