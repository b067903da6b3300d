//! Plain data that a document gives a node to start with; each family reads it its own way.

/// A value of a document.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Datum {
    Null,
    Flag(bool),
    Number(u64),
    Text(String),
    List(Vec<Datum>),
    /// In the document's order.
    Map(Vec<(String, Datum)>),
}

/// Greater numbers are refused, so that terms, ballots and epochs have room to grow in any run.
const GREATEST: u64 = 2_000_000_000;

impl Datum {
    pub fn number(&self) -> Result<u64, String> {
        match self {
            Datum::Number(number) if *number > GREATEST => Err(format!("must be at most {GREATEST}")),
            Datum::Number(number) => Ok(*number),
            _ => Err("must be a whole number, 0 or greater".into()),
        }
    }

    pub fn list(&self) -> Result<&[Datum], String> {
        match self {
            Datum::List(items) => Ok(items),
            _ => Err("must be a list".into()),
        }
    }

    pub fn numbers(&self) -> Result<Vec<u64>, String> {
        self.list()?.iter().map(Datum::number).collect()
    }

    pub fn flag(&self) -> Result<bool, String> {
        match self {
            Datum::Flag(flag) => Ok(*flag),
            _ => Err("must be true or false".into()),
        }
    }
}
