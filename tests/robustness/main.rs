//! Nothing breaks the decoder: any bytes in, a value with an account or an error out, in bounded time and memory.

mod check;
mod confusion;
mod damage;
mod hostile;
mod properties;
mod stack;
mod testdata;
mod time;
