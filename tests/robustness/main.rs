//! Any bytes give a value with its quirks, or an error, in bounded time and memory.

mod check;
#[path = "../support/choices.rs"]
mod choices;
mod confusion;
mod damage;
mod hostile;
#[path = "../support/models.rs"]
mod models;
mod properties;
mod stack;
mod testdata;
mod time;
