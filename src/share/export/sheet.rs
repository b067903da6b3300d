//! The page's style made part of a picture: only the rules that the picture needs, with colours written out, because
//! tools that print SVG know neither custom properties nor the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The text of the page's own style sheets: `style/tokens.css` and `style/stage.css`.
#[derive(Clone, Copy)]
pub struct Sheets<'a> {
    pub tokens: &'a str,
    pub stage: &'a str,
}

/// In which colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Look {
    /// As whoever looks at it prefers.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Look {
    pub fn from_name(name: &str) -> Option<Look> {
        match name {
            "auto" => Some(Look::Auto),
            "light" => Some(Look::Light),
            "dark" => Some(Look::Dark),
            _ => None,
        }
    }
}

/// What pictures have that the stage has not.
const OWN: &str = ".stage text{fill:var(--ink)}
.ml{font-size:12.5px}
.stage .ml.lost-words{fill:var(--ink-3)}
.ground{fill:var(--sheet)}
.rule{stroke:var(--line);stroke-width:1;fill:none}
.rule.strong{stroke:var(--line-strong)}
.title{font-size:22px;font-weight:700}
.why{font-size:14px}
.stage .why,.stage .small,.stage .quiet{fill:var(--ink-2)}
.small{font-size:13px}
.quiet{font-size:12px}
.bold{font-weight:700}
.end{text-anchor:end}
.mid{text-anchor:middle}
.alarm-bar{fill:var(--alarm)}
.stage .alarm-words{fill:var(--alarm-ink)}
.tick{stroke:var(--ink-2);stroke-width:2;fill:none}
.cross{stroke:var(--alarm);stroke-width:2.5;fill:none}
.work{fill:none;stroke:var(--ink-2);stroke-width:1.5}
.work.solid{fill:var(--ink-2)}
.work.front{fill:var(--sheet)}
.work.dashed{stroke-dasharray:2.5 2.5;stroke:var(--ink-3)}
.work.lost{stroke:var(--alarm);stroke-width:2}
.stage .work-number{fill:var(--ink-2);text-anchor:middle;font-weight:700;font-size:11px}
.stage .work-number.inverse{fill:var(--sheet)}
.refused-row{fill:var(--alarm-wash)}
.life{stroke:var(--line-strong);stroke-width:1.5;stroke-dasharray:4 4}
.note{fill:var(--raised);stroke:var(--line-strong);stroke-width:1}
.note.lead{fill:var(--rw);stroke:var(--rc)}
.head{fill:var(--sheet);stroke:var(--ink-2);stroke-width:1.5}
.arrow{stroke:var(--ink-2);stroke-width:1.75;fill:none}
.arrow.lost{stroke-dasharray:4 4}
.arrow-head{fill:var(--ink-2)}
.halo{paint-order:stroke;stroke:var(--sheet);stroke-width:5px;stroke-linejoin:round}
.past{fill:var(--ink-3)}
.whole{fill:var(--line)}
.stage a text{fill:var(--link)}
.stage .fill-ink{fill:var(--ink)}
.stage .fill-ink-2{fill:var(--ink-2)}
.stage .fill-ink-3{fill:var(--ink-3)}
.stage .fill-line{fill:var(--line)}
.stage .fill-paper{fill:var(--paper)}
.stage .fill-sheet{fill:var(--sheet)}
.stage .fill-alarm{fill:var(--alarm)}
.stage .fill-alarm-wash{fill:var(--alarm-wash)}
.stage .fill-on-reign{fill:var(--on-reign)}
.stage .fill-on-ink{fill:var(--on-ink)}
.line-ink{stroke:var(--ink);fill:none}
.line-ink-2{stroke:var(--ink-2);fill:none}
.line-ink-3{stroke:var(--ink-3);fill:none}
.line-line{stroke:var(--line);fill:none}
.line-paper{stroke:var(--paper);fill:none}
.line-sheet{stroke:var(--sheet);fill:none}
.line-alarm{stroke:var(--alarm);fill:none}
.fill-wax{fill:var(--rc)}
.line-wax{stroke:var(--rc);fill:none}
";

/// Only what means something in a picture; the rest is for the page's pointer and motion.
const KEPT: [&str; 17] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stop-color",
    "stop-opacity",
    "font-size",
    "font-weight",
    "text-anchor",
    "paint-order",
    "opacity",
    "display",
    "letter-spacing",
];

/// Declared by wax classes, not by the root.
const WAXES: [&str; 7] = ["r1", "r2", "r3", "r4", "r5", "r6", "rn"];

/// The style for this markup.
pub fn style_for(markup: &str, sheets: &Sheets, look: Look) -> String {
    let worn = classes(markup);
    let (light, dark) = properties(sheets.tokens);
    let (first, second) = match look {
        Look::Auto => (&light, Some(&dark)),
        Look::Light => (&light, None),
        Look::Dark => (&dark, None),
    };
    let waxes = waxes(sheets.stage);
    let font = light.get("font").map_or("sans-serif", String::as_str);
    let mut css = format!(".stage text{{font-family:{font};font-variant-numeric:tabular-nums}}\n");
    let mut night = String::new();
    for (selectors, body) in rules(sheets.stage).into_iter().chain(rules(OWN)) {
        let chosen: Vec<String> = selectors.split(',').filter_map(|one| fitting(one.trim(), &worn)).collect();
        let kept = declarations(&body);
        if chosen.is_empty() || kept.is_empty() {
            continue;
        }
        let by_wax = body.contains("var(--rc)") || body.contains("var(--rw)");
        let dyes: Vec<Option<&str>> = match by_wax {
            true => WAXES.into_iter().filter(|wax| worn.contains(wax)).map(Some).collect(),
            false => vec![None],
        };
        for dye in dyes {
            let wax = dye.and_then(|dye| waxes.get(dye));
            let names = chosen.iter().map(|selector| dyed(selector, dye)).collect::<Vec<_>>().join(",");
            let told = |tones: &BTreeMap<String, String>| -> Vec<(String, String)> {
                kept.iter().map(|(key, value)| (key.clone(), resolved(value, tones, wax))).collect()
            };
            let by_day = told(first);
            write_rule(&mut css, &names, &by_day);
            if let Some(tones) = second {
                let by_night = told(tones);
                let other: Vec<_> = by_night.into_iter().filter(|one| !by_day.contains(one)).collect();
                if !other.is_empty() {
                    write_rule(&mut night, &names, &other);
                }
            }
        }
    }
    if !night.is_empty() {
        let _ = write!(css, "@media (prefers-color-scheme:dark){{\n{night}}}\n");
    }
    css
}

fn write_rule(css: &mut String, names: &str, told: &[(String, String)]) {
    let body = told.iter().map(|(key, value)| format!("{key}:{value}")).collect::<Vec<_>>().join(";");
    let _ = writeln!(css, "{names}{{{body}}}");
}

/// Every class that occurs in the markup.
fn classes(markup: &str) -> BTreeSet<&str> {
    let lists = markup.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    lists.flat_map(str::split_whitespace).collect()
}

/// The custom properties of the light and of the dark page.
fn properties(tokens: &str) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let mut light = BTreeMap::new();
    let mut dark = BTreeMap::new();
    for (selector, body) in rules(tokens) {
        let into = match selector.as_str() {
            ":root" => &mut light,
            ":root[data-theme=\"dark\"]" => &mut dark,
            _ => continue,
        };
        into.extend(own_properties(&body));
    }
    let dark = light.iter().map(|(key, value)| (key.clone(), value.clone())).chain(dark).collect();
    (light, dark)
}

fn own_properties(body: &str) -> impl Iterator<Item = (String, String)> {
    body.split(';').filter_map(|one| {
        let (key, value) = one.split_once(':')?;
        Some((key.trim().strip_prefix("--")?.to_owned(), value.trim().to_owned()))
    })
}

/// What each wax class means by `--rc` and `--rw`.
fn waxes(stage: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let is_wax = |selector: &str| WAXES.contains(&selector.trim_start_matches('.'));
    let rules = rules(stage).into_iter().filter(|(selector, _)| is_wax(selector));
    rules.map(|(selector, body)| (selector[1..].to_owned(), own_properties(&body).collect())).collect()
}

/// Rules outside at-rules, comments left out.
fn rules(css: &str) -> Vec<(String, String)> {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        bare.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    bare.push_str(rest);
    let mut found = Vec::new();
    let mut rest = bare.as_str();
    while let Some(open) = rest.find('{') {
        let selector = rest[..open].trim();
        let inside = &rest[open + 1..];
        let end = end_of_block(inside);
        if !selector.starts_with('@') {
            found.push((selector.to_owned(), inside[..end].to_owned()));
        }
        rest = inside.get(end + 1..).unwrap_or("");
    }
    found
}

fn end_of_block(inside: &str) -> usize {
    let mut depth = 1;
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    inside.len()
}

/// The selector as it stands in a picture, if it can apply there.
fn fitting(selector: &str, worn: &BTreeSet<&str>) -> Option<String> {
    if selector.contains([':', '[', '*', '>', '@']) || selector == ".stage" || selector == ".divide" {
        return None;
    }
    for part in selector.split('.').skip(1) {
        let class = part.split(' ').next().unwrap_or("");
        if class != "stage" && !worn.contains(class) {
            return None;
        }
    }
    // On the page the stage is an element around the drawing; here it is the drawing.
    Some(selector.replace(".stage svg ", ".stage "))
}

/// The selector below, or on, an element that wears this wax.
fn dyed(selector: &str, dye: Option<&str>) -> String {
    let Some(dye) = dye else { return selector.to_owned() };
    let (stage, inner) = match selector.strip_prefix(".stage ") {
        Some(inner) => (".stage ", inner),
        None => ("", selector),
    };
    format!("{stage}.{dye} {inner},{stage}.{dye}{inner}")
}

fn declarations(body: &str) -> Vec<(String, String)> {
    let each = body.split(';').filter_map(|one| one.split_once(':'));
    let each = each.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
    each.filter(|(key, _)| KEPT.contains(&key.as_str())).collect()
}

/// Custom properties replaced by what they stand for.
fn resolved(value: &str, tones: &BTreeMap<String, String>, wax: Option<&BTreeMap<String, String>>) -> String {
    let mut text = value.to_owned();
    // A wax stands for a reign's colour, which stands for a colour.
    for _ in 0..4 {
        let Some(start) = text.find("var(--") else { break };
        let Some(length) = text[start..].find(')') else { break };
        let name = &text[start + 6..start + length];
        let meant = wax.and_then(|wax| wax.get(name)).or_else(|| tones.get(name));
        let meant = meant.map_or("currentColor", String::as_str).to_owned();
        text.replace_range(start..=start + length, &meant);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = "/* a */:root{--ink:#111;--reign-1:#00f;--font:serif}
:root[data-theme=\"dark\"]{--ink:#eee;--reign-1:#99f}@media print{:root{--ink:red}}";
    const STAGE: &str = ".r1{--rc:var(--reign-1)}.stage svg text{fill:var(--ink)}.seal{fill:var(--rc)}
.slip .paper{stroke:var(--rc);cursor:pointer}.node:hover .seal{fill:red}.unworn{fill:var(--ink)}";

    #[test]
    fn only_worn_rules_stay_and_colours_are_written_out() {
        let markup = "<g class=\"r1\"><path class=\"seal\"/><g class=\"slip r1\"><path class=\"paper\"/></g></g>";
        let sheets = Sheets { tokens: TOKENS, stage: STAGE };
        let css = style_for(markup, &sheets, Look::Auto);
        assert!(css.contains(".r1 .seal,.r1.seal{fill:#00f}"), "{css}");
        assert!(css.contains(".r1 .slip .paper,.r1.slip .paper{stroke:#00f}"), "{css}");
        assert!(css.contains(".stage text{fill:#111}") && css.contains("@media (prefers-color-scheme:dark)"), "{css}");
        assert!(css.contains("{fill:#99f}") && css.contains("font-family:serif"), "{css}");
        assert!(!css.contains("var(") && !css.contains("unworn") && !css.contains("hover") && !css.contains("cursor"));
        let dark = style_for(markup, &sheets, Look::Dark);
        assert!(dark.contains("fill:#99f") && !dark.contains("@media") && !dark.contains("#111"), "{dark}");
    }

    #[test]
    fn broken_sheets_end_without_a_loop() {
        for css in ["a{", "a{b:c", "/* never", "@media{a{b:c}", "a{fill:var(--"] {
            let _ = style_for("<g class=\"a\"/>", &Sheets { tokens: css, stage: css }, Look::Auto);
        }
    }
}
