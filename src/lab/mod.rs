//! Many runs, one question.
