//! Processes tasks on all cores, with the results in order: [`in_order`], [`lock`].

use std::iter::Enumerate;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Processes tasks on all cores, and passes the results to `each` in the order of the tasks, until `each` returns
/// false or an error.
///
/// Each thread takes the next task, processes it, waits for its turn, and calls `each` itself. So a thread frees what
/// it allocates, and memory holds no more tasks than threads.
pub(super) fn in_order<T, R, E: Send>(
    tasks: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    each: impl FnMut(R) -> Result<bool, E> + Send,
) -> Result<(), E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let tasks = Mutex::new(tasks.enumerate());
    let queue = Queue {
        turn: Mutex::new(Turn { number: 0, is_done: false, each, outcome: Ok(()) }),
        moved: Condvar::new(),
    };
    thread::scope(|scope| {
        // While one thread of a core waits for its turn, another one works.
        for _ in 0..cores * 2 {
            scope.spawn(|| {
                let _guard = StopOnPanic(&queue);
                while let Some((number, task)) = next(&tasks) {
                    if !queue.pass_on(number, work(task)) {
                        break;
                    }
                }
            });
        }
    });
    queue.turn.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

fn next<T>(tasks: &Mutex<Enumerate<impl Iterator<Item = T>>>) -> Option<(usize, T)> {
    lock(tasks).next()
}

/// The threads that wait to pass on a result.
struct Queue<F, E> {
    turn: Mutex<Turn<F, E>>,
    moved: Condvar,
}

struct Turn<F, E> {
    /// The number of the next task to pass on.
    number: usize,
    is_done: bool,
    each: F,
    outcome: Result<(), E>,
}

impl<F, E> Queue<F, E> {
    /// Passes on a result when it is its turn. Returns false if no more results are wanted.
    fn pass_on<R>(&self, number: usize, result: R) -> bool
    where
        F: FnMut(R) -> Result<bool, E>,
    {
        let mut turn = lock(&self.turn);
        while turn.number != number && !turn.is_done {
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.is_done {
            return false;
        }
        match (turn.each)(result) {
            Ok(more) => turn.is_done = !more,
            Err(error) => {
                turn.is_done = true;
                turn.outcome = Err(error);
            }
        }
        turn.number += 1;
        self.moved.notify_all();
        !turn.is_done
    }
}

/// Stops the other threads if this one panics: they would wait for their turn forever.
struct StopOnPanic<'a, F, E>(&'a Queue<F, E>);

impl<F, E> Drop for StopOnPanic<'_, F, E> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.turn).is_done = true;
            self.0.moved.notify_all();
        }
    }
}

/// Ignores poisoning: a panic of another thread ends the whole run anyway.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        for count in [0, 1, 2, 3, 1000] {
            let mut results = Vec::new();
            let work = |task: u64| {
                // Some take longer than others.
                (0..task % 7 * 1000).fold(task, |sum, step| std::hint::black_box(sum + step - step))
            };
            let each = |result| {
                results.push(result);
                Ok::<_, ()>(true)
            };
            assert_eq!(in_order(0..count, work, each), Ok(()));
            assert!(results.into_iter().eq(0..count));
        }
    }

    #[test]
    fn an_error_and_a_false_stop_the_work() {
        let taken = AtomicU64::new(0);
        let tasks = || (0_u64..).inspect(|_| _ = taken.fetch_add(1, Ordering::Relaxed));
        let each = |result| if result < 100 { Ok(true) } else { Err(result) };
        assert_eq!(in_order(tasks(), |task| task, each), Err(100));
        let mut last = 0;
        let each = |result| {
            last = result;
            Ok::<_, ()>(result < 100)
        };
        assert_eq!(in_order(tasks(), |task| task, each), Ok(()));
        assert_eq!(last, 100);
        assert!(taken.into_inner() < 1000);
    }

    #[test]
    fn a_panic_stops_the_work() {
        let work = |task: u64| assert_ne!(task, 100);
        let run = || in_order(0.., work, |()| Ok::<_, ()>(true));
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
