//! The pages of Learn, in English; what lessons, cards and systems say is in texts of their own.

pub const THERE_IS_NO_SUCH_PAGE: &str = "There is no such page.";
pub const FETCHING_THE_TEXT: &str = "Fetching the text";
pub const NOT_HERE: &str = "Not here";
pub const ALL_LESSONS: &str = "All lessons";
pub const START_HERE: &str = "Start here";
pub const HOW_THEY_ELECT: &str = "How they elect";
pub const BREAKING_THINGS: &str = "Breaking things";
pub const PRACTICE: &str = "Practice";
pub const PRACTICE_ABOUT: &str = "Fresh questions, dealt by family and difficulty. The run answers.";
pub const INTERVIEW_MODE: &str = "Interview mode";
pub const INTERVIEW_ABOUT: &str = "Questions as they are asked. Think, say it, then see the run that shows it.";
pub const IN_THE_WILD: &str = "In the wild";
pub const CHEAT_SHEET: &str = "Cheat sheet";
pub const CHEAT_SHEET_ABOUT: &str = "One page to print, with the trade-offs.";
pub const LEARN: &str = "Learn";
pub const LEARN_ABOUT: &str = "Every lesson plays a real run. It stops before the answer and asks you first.";
pub const INTERVIEW_LEAD: &str = "Read the question, say your answer aloud, then compare. No score is kept.";
pub const MOCK_INTERVIEWS: &str = "Mock interviews";
pub const QUESTIONS: &str = "Questions";
pub const TO_CHEAT_SHEET: &str = "The cheat sheet, on one page";
pub const HINT: &str = "Hint ";
pub const THINK_ALOUD: &str = "Say your answer aloud. The stage shows only the set-up.";
pub const A_GOOD_ANSWER_MENTIONS: &str = "A good answer mentions";
pub const A_STRONG_ANSWER: &str = "A strong answer ";
pub const COMMON_WRONG_ANSWER: &str = "Common wrong answer";
pub const THE_RUN_THAT_SHOWS_IT: &str = "The run that shows it";
pub const FOLLOW_UP_QUESTIONS: &str = "Follow-up questions";
pub const SOURCES: &str = "Sources: ";
pub const START_THINKING: &str = "Start thinking";
pub const REVEAL: &str = "Reveal";
pub const ALL_QUESTIONS: &str = "All questions";
pub const ITS_RUN_CANNOT_BE_PLAYED: &str = "Its run cannot be played: ";
pub const THIS_LESSON_CANNOT_BE_PLAYED: &str = "This lesson cannot be played: ";
pub const LAST_STEP: &str = "That was the last step. ";
pub const CHOOSE_ANOTHER_LESSON: &str = "Choose another lesson";
pub const TEACHER_NOTES: &str = "Teacher notes";
pub const TIME_LEFT: &str = "Time left";
pub const TIME_IS_UP: &str = "Time is up.";
pub const THERE_IS_NO_SUCH_INTERVIEW: &str = "There is no such interview.";
pub const WHAT_THE_INTERVIEWER_LISTENS_FOR: &str = "What the interviewer listens for";
pub const TO_THE_CARD: &str = "The card on this, with its run";
pub const BEGIN: &str = "Begin";
pub const AGAIN: &str = "Again";
pub const I_HAVE_SAID_IT: &str = "I have said it";
pub const FINISH: &str = "Finish";
pub const NEXT_PART: &str = "Next part";
pub const MOCK_IS_OVER: &str = "That was it. What would you say differently now?";
pub const NO_ANSWERS_YET: &str = "No answers yet. The score stays on this device.";
pub const FAMILY: &str = "Family";
pub const ANY: &str = "Any";
pub const DIFFICULTY: &str = "Difficulty";
pub const EASY: &str = "Easy";
pub const MEDIUM: &str = "Medium";
pub const HARD: &str = "Hard";
pub const NEXT_QUESTION: &str = "Next question";
pub const FORGET_THE_SCORE: &str = "Forget the score";
pub const THIS_HAPPENED: &str = "This happened";
pub const YOU_SAID_THIS: &str = "You said this";
pub const RIGHT: &str = "Right.";
pub const NOT_THIS_TIME: &str = "Not this time.";
pub const WHAT_DECIDED_IT: &str = "What decided it: ";
pub const WHY: &str = "Why?";
pub const PREDICT_THEN_RUN: &str = "Predict, then run";
pub const RUN_AND_SEE: &str = "Run and see";
pub const ANSWERED_BY_THIS_RUN: &str = "Answered by this run";
pub const THE_RUN_ANSWERS: &str = "The run answers.";
pub const BACK_TO_THE_LESSON: &str = "Back to the lesson";
pub const TAKE_THE_CONTROLS: &str = "Take the controls";
pub const THE_RUN: &str = "The run";
pub const TIME: &str = "Time";
pub const LOCKED_NOBODY_CAN_ACT: &str = "Locked: nobody can act";
pub const TO_THE_LESSON: &str = "To the lesson";
pub const PRINT: &str = "Print";
pub const TEACHER_NOTES_OF: &str = "Teacher notes: ";
pub const TIME_OF: &str = "Time: ";
pub const GOALS: &str = "Goals";
pub const USUALLY_WRONG: &str = "What students usually get wrong";
pub const QUESTIONS_WITH_ANSWERS: &str = "Questions, with answers";
pub const TO_TRY_BY_HAND: &str = "To try by hand";
pub const WHAT_OUR_MODEL_LEAVES_OUT: &str = "What our model leaves out";
pub const STEPS_AS_PREPARED_STATES: &str = "Steps, as prepared states";
pub const SOURCE: &str = "Source: ";
pub const PROJECTOR_MODE: &str = "Projector mode";
pub const FULL_SCREEN_REFUSED: &str = "The browser did not give the whole screen.";
pub const SPACE_TIME_DIAGRAM: &str = "Diagram";
pub const SPACE_TIME_DIAGRAM_HINT: &str = "The space-time diagram of this run: who led, and every message";
pub const PROJECTOR_MODE_HINT: &str = "Projector mode: large, for a room";
pub const RUN_UNDER_WAY: &str = "The run is on its way.";
pub const YOU_HAVE_THE_CONTROLS: &str = "You have the controls. What you do is yours; the lesson waits.";
pub const STEPS: &str = "Steps";
pub const SKIP_AHEAD: &str = "Skip ahead";
pub const NEXT: &str = "Next";
pub const STEPS_OF_THE_LESSON: &str = "Steps of the lesson";
pub const BACK: &str = "Back";
pub const WILD_ABOUT: &str =
    "What real systems run. Their own defaults, by their own names, and a failure each that runs here.";
pub const ALL_SYSTEMS: &str = "All systems";
pub const ITS_FAILURE_AS_A_RUN: &str = "Its failure, as a run";
pub const RUNS: &str = "Runs";
pub const THIS_RUN_CANNOT_BE_PLAYED: &str = "This run cannot be played: ";
pub const ITS_DEFAULTS: &str = "Its defaults";
pub const DEFAULTS: &str = "Defaults";
pub const SETTING: &str = "Setting";
pub const DEFAULT: &str = "Default";
pub const NOTE: &str = "Note";
pub const WHAT_FENCES_A_STALE_LEADER: &str = "What fences a stale leader";
pub const WHERE_NOTHING_DOES: &str = "Where nothing does";
pub const FAIL_OVER: &str = "How long a fail-over takes";
pub const SIMPLIFIED: &str = "Where this simulation simplifies";
pub const SOURCES_HEAD: &str = "Sources";
pub const IN_THE_WILD_ABOUT: &str = "etcd, Kafka, ZooKeeper, Kubernetes and others: defaults, fences, famous failures.";
pub const NO_ALGORITHM: &str = "No algorithm is built into this copy.";
pub const THERE_IS_NO_RUN: &str = "there is no run";
pub const THERE_IS_NO_SUCH_STEP: &str = "there is no such step";
pub const WITHOUT_CONTROLS: &str = "without controls";
pub const OR: &str = " or ";
pub const PRACTICE_SMALL: &str = "practice";
pub const TEXT_DID_NOT_ARRIVE: &str = "This page's text did not arrive. Reload the page to try again.";

/// `After: How Raft elects`.
pub fn after(lessons: &[String]) -> String {
    format!("After: {}", lessons.join(", "))
}

pub fn family_and_minutes(family: &str, minutes: u64) -> String {
    format!("{family}, {minutes} minutes")
}

pub fn minutes_with_questions(minutes: u64) -> String {
    format!("{minutes} minutes with questions.")
}

pub fn step_name(number: usize, title: &str) -> String {
    format!("Step {number}: {title}")
}

pub fn step_of(number: usize, all: usize) -> String {
    format!("Step {number} of {all}")
}

pub fn part_of(number: usize, all: usize) -> String {
    format!("Part {number} of {all}")
}

pub fn score(good: u64, all: u64) -> String {
    format!("{good} of {all} right, on this device.")
}

pub fn theme(name: &str) -> String {
    format!("Theme: {name}")
}
