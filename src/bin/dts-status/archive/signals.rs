//! SIGINT and SIGTERM: [`until_signal`].

use crate::exit::Failure;

/// Does a work. The first SIGINT or SIGTERM calls `last` in another thread, and ends the process as the signal does; the
/// second one ends it at once.
#[cfg(unix)]
pub(crate) fn until_signal<T>(
    last: impl FnOnce() + Send,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = register()
        .map_err(|error| Failure::new(crate::exit::Exit::NoOutput, format_args!("signals: {error}")))?;
    let handle = signals.handle();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(signal) = signals.forever().next() {
                last();
                // It does not return for these signals.
                let _ = emulate_default_handler(signal);
            }
        });
        // The thread ends even if the work panics.
        let _close = OnDrop(|| handle.close());
        work()
    })
}

#[cfg(unix)]
fn register() -> std::io::Result<signal_hook::iterator::Signals> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;

    let is_second = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_default(signal, Arc::clone(&is_second))?;
        flag::register(signal, Arc::clone(&is_second))?;
    }
    signal_hook::iterator::Signals::new([SIGINT, SIGTERM])
}

/// Does a work. On this system a signal ends the process at once.
#[cfg(not(unix))]
pub(crate) fn until_signal<T>(
    _: impl FnOnce() + Send,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    work()
}

/// Does something when it is dropped.
pub(crate) struct OnDrop<F: FnMut()>(pub(crate) F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
