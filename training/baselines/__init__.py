"""Other people's systems, small, to be compared with: VSE++, SCAN, DeViSE, ALBEF."""
