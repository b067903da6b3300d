//! The stage in the frame of another page, and what it answers to that page, in English.

pub const WHAT_HAPPENED: &str = "What happened";
pub const FULL_SCREEN: &str = "Full screen";
pub const SETSPEED_THERE_IS_NO_SUCH_SPEED: &str = "setSpeed: there is no such speed.";
pub const NO_ALGORITHM_HERE: &str = "no algorithm is built into this copy.";
pub const A_COMMAND_IS_A_TEXT: &str = "A command is a text.";
pub const SEEK_NEEDS_MS_A_NUMBER_FROM: &str = "seek needs ms, a number from 0 to 3600000, or event, a number.";
pub const LOAD_THE_LINK_IS_NONE_OF: &str = "load: the link is none of Conclave's.";
pub const LOAD_NEEDS_SCENARIO_THE_NAME_OF: &str = "load needs scenario, the name of a story, or link, an address.";
pub const SETSPEED_NEEDS_SPEED_SUCH_AS_1: &str = "setSpeed needs speed, such as 1/50.";
pub const SETTHEME_NEEDS_THEME_AUTO_LIGHT_OR: &str = "setTheme needs theme: auto, light or dark.";
pub const LOOP_1_NEEDS_A_STOP_WHERE: &str = "loop=1 needs a stop: where the run begins anew.";
pub const THE_OTHERS: &str = "the others";
pub const OPEN_IN_CONCLAVE: &str = "Open in Conclave";
pub const WHAT_IS_THE_CASE: &str = "What is the case";
pub const TIME: &str = "Time";
pub const STEP_BACK_ONE_EVENT: &str = "Step back one event";
pub const STEP_FORWARD_ONE_EVENT: &str = "Step forward one event";

pub fn no_story(id: &str) -> String {
    format!("load: there is no story {id}.")
}

pub fn load_failed(why: &str) -> String {
    format!("load: {why}")
}

pub fn is_no_command(name: String) -> String {
    name + " is no command."
}

pub fn is_not_known(key: &str, value: &str, instead: &str) -> String {
    format!("{key}={value} is not known; using {instead}.")
}

pub fn title(family: &str, nodes: u8) -> String {
    format!("{family}, {nodes} nodes")
}
