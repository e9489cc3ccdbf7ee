"""Room: a repair paid by the maintenance fund, from the first question to the posted settlement."""
