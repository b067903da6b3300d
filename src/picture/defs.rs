//! Patterns and marks that the picture refers to.

pub const DEFS: &str = concat!(
    "<radialGradient id=\"fade\"><stop offset=\".72\" class=\"fade-in\"/><stop offset=\"1\" class=\"fade-out\"/></radialGradient>",
    "<pattern id=\"hatch-rest\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">",
    "<path class=\"hatch\" d=\"M0 0v6\"/></pattern>",
    "<pattern id=\"hatch-seal\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">",
    "<path class=\"hatch on\" d=\"M0 0v6\"/></pattern>",
    "<pattern id=\"hatch-alarm\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">",
    "<path class=\"hatch alarm\" d=\"M0 0v7\"/></pattern>",
    "<symbol id=\"mark-cut\" viewBox=\"0 0 18 18\"><circle class=\"mark\" cx=\"9\" cy=\"9\" r=\"8\"/>",
    "<path class=\"mark-line\" d=\"M3.5 9h3.2M11.3 9h3.2M7.6 5.8v6.4M10.4 5.8v6.4\"/></symbol>",
    "<symbol id=\"mark-wiped\" viewBox=\"0 0 18 18\"><circle class=\"mark\" cx=\"9\" cy=\"9\" r=\"8\"/>",
    "<ellipse class=\"mark-line\" cx=\"9\" cy=\"6.2\" rx=\"4\" ry=\"1.6\"/><path class=\"mark-line\" d=\"M5 6.2v5.6c0 2.1 8 2.1 8 0V6.2M6.8 8.6l4.4 4.2M11.2 8.6l-4.4 4.2\"/></symbol>",
    "<symbol id=\"mark-clock\" viewBox=\"0 0 18 18\"><circle class=\"mark\" cx=\"9\" cy=\"9\" r=\"8\"/>",
    "<path class=\"mark-line\" d=\"M9 4.4V9l3 2\"/></symbol>",
);
