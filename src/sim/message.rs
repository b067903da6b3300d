//! What the world knows of a message without knowing its family.

/// How a message is drawn: the kind is told by shape (ui.md, section 8).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// Unfilled slip: asks for a vote, a promise, an election.
    Ask,
    /// Filled slip: granted.
    Grant,
    /// Slip with a cross: refused.
    Refuse,
    /// Disc: a heartbeat, or another sign of life.
    Beat,
    /// Small ring: a reply.
    Reply,
    /// Disc with a page: carries entries.
    Entries,
    /// Page with a seal: a write with a token.
    Write,
    /// An order or an announcement.
    Order,
}

/// One kind of message of a family. Its place in [`Message::KINDS`] is its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kind {
    /// Stable id, used in documents and by `words`: `"vote_request"`.
    pub id: &'static str,
    /// Names of the numbers in [`Facts`], in order.
    pub fields: &'static [&'static str],
}

/// The numbers a message carries, as named by its kind; [`ABSENT`] where there is none.
pub type Facts = [u64; 5];

/// Stands for "no number".
pub const ABSENT: u64 = u64::MAX;

/// A message of some family.
pub trait Message: Clone + Eq + std::hash::Hash + std::fmt::Debug {
    const KINDS: &'static [Kind];

    /// Index into [`Message::KINDS`].
    fn kind(&self) -> u8;
    fn shape(&self) -> Shape;
    /// The reign that the sender speaks for, which gives the message its wax.
    fn reign(&self) -> Option<super::reign::Reign>;
    fn facts(&self) -> Facts;
}
