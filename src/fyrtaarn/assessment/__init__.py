"""How applications are assessed: by whom, without conflicts of interest, against the criteria."""
