"""Danish as a machine needs it: tokens, base forms, stems, parts of compounds, spelling."""
