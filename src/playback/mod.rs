//! Playing a recording: forwards, backwards, anew from any moment.
