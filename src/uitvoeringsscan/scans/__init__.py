"""THE DOSSIER THAT CARRIES IT ALL: the scan, its lifecycle table and the transition functions."""
