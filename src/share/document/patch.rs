//! Changes to a document: a value put at the end of a way such as `script[3].at`.

use crate::share::json::reader::{Json, Member, Value};

/// Puts a value where the way leads; missing fields of objects on the way are added.
///
/// # Errors
/// A sentence: the way does not lead anywhere.
pub fn set(json: &mut Json, path: &str, value: &Json) -> Result<(), String> {
    let mut here = json;
    for step in steps(path)? {
        let line = value.line;
        here = match step {
            Step::Name(name) => {
                if let Value::Null = here.value {
                    here.value = Value::Map(Vec::new());
                }
                let kind = here.kind();
                let Value::Map(members) = &mut here.value else {
                    return Err(format!("\"{name}\" of \"{path}\" would have to be in an object, not in {kind}"));
                };
                let index = match members.iter().position(|member| member.name == name) {
                    Some(index) => index,
                    None => {
                        members.push(Member { name: name.into(), line, json: Json { line, value: Value::Null } });
                        members.len() - 1
                    }
                };
                &mut members[index].json
            }
            Step::Index(index) => match &mut here.value {
                Value::List(items) => {
                    let count = items.len();
                    items.get_mut(index).ok_or_else(|| format!("\"{path}\": the list has {count} entries"))?
                }
                _ => return Err(format!("\"{path}\": there is no list there")),
            },
        };
    }
    *here = value.clone();
    Ok(())
}

/// The value at the end of a way, if it leads anywhere.
pub fn find<'a>(json: &'a Json, path: &str) -> Option<&'a Json> {
    let mut here = json;
    for step in steps(path).ok()? {
        here = match (step, &here.value) {
            (Step::Name(name), _) => &here.member(name)?.json,
            (Step::Index(index), Value::List(items)) => items.get(index)?,
            _ => return None,
        };
    }
    Some(here)
}

enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

fn steps(path: &str) -> Result<Vec<Step<'_>>, String> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !name.is_empty() {
            steps.push(Step::Name(name));
        } else if rest.is_empty() {
            return Err(format!("\"{path}\" is no way to a field, such as \"settings.heartbeat\" or \"script[0].at\""));
        }
        while let Some(inside) = rest.strip_prefix('[') {
            let (digits, after) = inside.split_once(']').ok_or_else(|| format!("\"{path}\" lacks a ]"))?;
            let index = digits.parse().map_err(|_| format!("\"{digits}\" in \"{path}\" is no number"))?;
            steps.push(Step::Index(index));
            rest = after;
        }
        if !rest.is_empty() {
            return Err(format!("\"{path}\" has something after a ]"));
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::json::reader::read;

    #[test]
    fn values_are_put_where_the_way_leads() {
        let mut json = read(r#"{"script":[{"at":"1s"},{"at":"2s"}]}"#).expect("json");
        let value = read("\"3s\"").expect("json");
        for path in ["script[1].at", "settings.heartbeat", "nodes"] {
            set(&mut json, path, &value).expect(path);
            assert_eq!(find(&json, path).map(|found| &found.value), Some(&value.value), "{path}");
        }
        assert_eq!(find(&json, "script[0].at").map(|found| &found.value), Some(&Value::Text("1s".into())));
    }

    #[test]
    fn ways_that_lead_nowhere_are_told() {
        let value = read("1").expect("json");
        for (path, why) in [
            ("script[7].at", "the list has 1 entries"),
            ("nodes.x", "not in a number"),
            ("nodes[0]", "no list"),
            ("a..b", "no way to a field"),
            ("script[x]", "no number"),
            ("script[0", "lacks a ]"),
        ] {
            let mut json = read(r#"{"nodes":5,"script":[{}]}"#).expect("json");
            let message = set(&mut json, path, &value).expect_err(path);
            assert!(message.contains(why), "{path}: {message}");
        }
    }
}
