//! What is said at the store that leaders write to, in English.

pub const SHARED_STORE: &str = "Shared store";
pub const NO_TOKEN_SEEN: &str = "No token seen";
pub const NO_WRITES_YET: &str = " No writes yet.";
/// After the name of the ledger.
pub const NONE_YET: &str = ": no writes yet";
pub const WRITES: &str = "Writes, newest first";
pub const NO_DAMAGE: &str = "no damage";
pub const FENCING: &str = "Fencing";
/// Beside its switch.
pub const FENCING_SWITCH: &str = "fencing";
pub const GRANTS: &str = "The store grants tokens";
pub const WITHOUT_TOKEN: &str = ", without a token";
pub const AND_ACCEPTED: &str = ", accepted";
pub const ACCEPTED: &str = "accepted";
pub const GO_THERE: &str = "Go to this moment";
pub const CLOSE: &str = "Close";
pub const STORE: &str = "Store";

pub const NO_WORK_YET: &str = "Leaders have no work yet: give them some, and there is a store to fence.";
pub const NOTHING_TO_COMPARE: &str = "There is no number to compare here. The store can grant tokens instead.";

pub const REPLAY_GRANTED: &str = "Replay with tokens from the store";
pub const REPLAY_FENCED: &str = "Replay with fencing on";
pub const REPLAY_RAISED: &str = "Replay, raising the fence first";
pub const REPLAY_SOUND: &str = "Replay with sound fencing";
pub const REPLAY_OPEN: &str = "Replay with fencing off";

pub const WORK: &str = "Work";
pub const WORK_TITLE: &str = "What the leader does with its office: a new run";
pub const WORK_FOR: &str = "Work for the leader";
pub const GIVE_WORK: &str = "Give the leader work";
pub const WORK_ABOUT: &str =
    "Then it writes to a store outside the cluster, and you see what two leaders do to it. Starts a new run.";

/// `accepted 12, refused 1: no damage.`
pub fn counts(accepted: &str, refused: &str, harm: &str, zombie: &str) -> String {
    format!("{accepted} accepted, {refused} refused: {harm}.{zombie}")
}
