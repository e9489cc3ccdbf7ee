"""Bundles with one defect each, and the step of the verification that must find it.

Three forgers make them. The first has only the file. The second writes archive and manifest anew,
so that every byte fits. The third also holds the key of the log, and signs a new checkpoint: what
he cannot do is to make voters' signatures, and to make a count come out otherwise.
"""
