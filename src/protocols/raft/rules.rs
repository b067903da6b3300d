//! The ids of Raft's rules and of its reasons for doing nothing. `words` has a sentence for each.

use crate::sim::rule::Rule;

pub const HIGHER_TERM: Rule = Rule::new('R', 1);
pub const LOWER_TERM: Rule = Rule::new('R', 2);
pub const COUNT_REPLY: Rule = Rule::new('R', 3);
pub const CAMPAIGN: Rule = Rule::new('R', 4);
pub const MAY_VOTE: Rule = Rule::new('R', 5);
pub const VOTE_DURABLY: Rule = Rule::new('R', 6);
pub const OWN_VOTE_DURABLE: Rule = Rule::part('R', 6, 'b');
pub const END_OF_CANDIDACY: Rule = Rule::new('R', 7);
pub const NEW_LEADER: Rule = Rule::new('R', 9);
pub const PREVIOUS_ENTRY: Rule = Rule::new('R', 10);
pub const APPEND_ENTRIES: Rule = Rule::new('R', 11);
pub const FOLLOWER_COMMIT: Rule = Rule::new('R', 12);
pub const LEADER_COMMIT: Rule = Rule::new('R', 14);
pub const LEADER_APPENDS: Rule = Rule::new('R', 15);
pub const READ: Rule = Rule::new('R', 16);
pub const ASK_FIRST: Rule = Rule::new('R', 17);
pub const MAY_PRE_VOTE: Rule = Rule::new('R', 18);
pub const PRE_VOTE_BINDS_NOBODY: Rule = Rule::new('R', 19);
pub const PRE_VOTE_REFUSED: Rule = Rule::new('R', 20);
pub const CHECK_QUORUM: Rule = Rule::new('R', 21);
pub const LOYAL_VOTER: Rule = Rule::new('R', 22);
pub const FREE_THE_STUCK: Rule = Rule::new('R', 23);
pub const HAND_OVER: Rule = Rule::new('R', 24);
pub const HANDOVER_DEADLINE: Rule = Rule::new('R', 25);

/// Why nothing (more) happened.
pub mod reason {
    use crate::sim::rule::Reason;

    pub const OLD_TERM: Reason = Reason("old_term");
    pub const OLD_REPLY: Reason = Reason("old_reply");
    pub const NOT_A_CANDIDATE_ANY_MORE: Reason = Reason("not_a_candidate_any_more");
    pub const NOT_LEADING_ANY_MORE: Reason = Reason("not_leading_any_more");
    pub const COUNTED_ALREADY: Reason = Reason("counted_already");
    pub const NEEDS_MORE_VOTES: Reason = Reason("needs_more_votes");
    pub const OWN_VOTE_NOT_DURABLE: Reason = Reason("own_vote_not_durable");
    pub const REFUSED: Reason = Reason("refused");
    pub const VOTED_ALREADY: Reason = Reason("voted_already");
    pub const LOG_NOT_UP_TO_DATE: Reason = Reason("log_not_up_to_date");
    pub const HEARS_A_LEADER: Reason = Reason("hears_a_leader");
    pub const LEADS_ALREADY: Reason = Reason("leads_already");
    pub const TERM_NOT_HIGHER: Reason = Reason("term_not_higher");
    pub const PREVIOUS_ENTRY_DIFFERS: Reason = Reason("previous_entry_differs");
    pub const HAS_A_LEADER: Reason = Reason("has_a_leader");
    pub const QUORUM_HEARD: Reason = Reason("quorum_heard");
    pub const OWN_TERM_NOT_COMMITTED: Reason = Reason("own_term_not_committed");
    pub const NOTHING_TO_DO: Reason = Reason("nothing_to_do");
    pub const HANDING_OVER: Reason = Reason("handing_over");
    pub const HANDING_OVER_ALREADY: Reason = Reason("handing_over_already");
    pub const NOT_A_VOTER: Reason = Reason("not_a_voter");
    pub const NOT_THE_LEADER: Reason = Reason("not_the_leader");
    pub const NO_LEADER_KNOWN: Reason = Reason("no_leader_known");
    pub const LOST_LEADERSHIP: Reason = Reason("lost_leadership");
    pub const NOT_FOLLOWING: Reason = Reason("not_following");
    pub const NO_LONGER_HEARD: Reason = Reason("no_longer_heard");
}
