//! Bully (Garcia-Molina 1982, in the textbook form).
