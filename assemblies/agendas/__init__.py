"""Room: what an assembly decides, by which rules, when; the notice (CC 278; PMR 14; SD 22, 24)."""
