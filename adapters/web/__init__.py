"""What `verbatim serve` tells other machines: whether it is well, and its figures."""
