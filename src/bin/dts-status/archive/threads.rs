//! Work on all cores, with the results in order: [`in_order`].

use std::iter::Enumerate;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Works on tasks with all cores, and hands on the results in the order of the tasks.
///
/// Each thread takes the next task, works on it, waits for its turn, and hands on the result itself. So nothing
/// goes from thread to thread, what a thread allocates it also frees, and there are no more tasks in memory than
/// threads. `each` says whether more results are wanted; that none is, or an error, ends it all.
pub(super) fn in_order<T, R, E: Send>(
    tasks: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    each: impl FnMut(R) -> Result<bool, E> + Send,
) -> Result<(), E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let tasks = Mutex::new(tasks.enumerate());
    let line = Line {
        turn: Mutex::new(Turn { number: 0, is_over: false, each, outcome: Ok(()) }),
        moved: Condvar::new(),
    };
    thread::scope(|scope| {
        // While one waits for its turn, another one works.
        for _ in 0..cores * 2 {
            scope.spawn(|| {
                let _bail = Bail(&line);
                while let Some((number, task)) = next(&tasks) {
                    if !line.hand_on(number, work(task)) {
                        break;
                    }
                }
            });
        }
    });
    line.turn.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

fn next<T>(tasks: &Mutex<Enumerate<impl Iterator<Item = T>>>) -> Option<(usize, T)> {
    lock(tasks).next()
}

/// Whose turn it is to hand on a result.
struct Line<F, E> {
    turn: Mutex<Turn<F, E>>,
    moved: Condvar,
}

struct Turn<F, E> {
    /// The number of the task.
    number: usize,
    is_over: bool,
    each: F,
    outcome: Result<(), E>,
}

impl<F, E> Line<F, E> {
    /// Hands on a result when it is its turn; whether more are wanted.
    fn hand_on<R>(&self, number: usize, result: R) -> bool
    where
        F: FnMut(R) -> Result<bool, E>,
    {
        let mut turn = lock(&self.turn);
        while turn.number != number && !turn.is_over {
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.is_over {
            return false;
        }
        match (turn.each)(result) {
            Ok(more) => turn.is_over = !more,
            Err(error) => {
                turn.is_over = true;
                turn.outcome = Err(error);
            }
        }
        turn.number += 1;
        self.moved.notify_all();
        !turn.is_over
    }
}

/// Ends it all if its thread panics, as no other would ever get its turn.
struct Bail<'a, F, E>(&'a Line<F, E>);

impl<F, E> Drop for Bail<'_, F, E> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.turn).is_over = true;
            self.0.moved.notify_all();
        }
    }
}

/// A panic of another thread ends the whole run, so what it left behind does not matter.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        for count in [0, 1, 2, 3, 1000] {
            let mut told = Vec::new();
            let work = |task: u64| {
                // Some take longer than others.
                (0..task % 7 * 1000).fold(task, |sum, step| std::hint::black_box(sum + step - step))
            };
            let each = |result| {
                told.push(result);
                Ok::<_, ()>(true)
            };
            assert_eq!(in_order(0..count, work, each), Ok(()));
            assert!(told.into_iter().eq(0..count));
        }
    }

    #[test]
    fn an_error_ends_it_and_so_does_satiety() {
        let taken = AtomicU64::new(0);
        let tasks = || (0_u64..).inspect(|_| _ = taken.fetch_add(1, Ordering::Relaxed));
        let each = |result| if result < 100 { Ok(true) } else { Err(result) };
        assert_eq!(in_order(tasks(), |task| task, each), Err(100));
        let mut told = 0;
        let each = |result| {
            told = result;
            Ok::<_, ()>(result < 100)
        };
        assert_eq!(in_order(tasks(), |task| task, each), Ok(()));
        assert_eq!(told, 100);
        assert!(taken.into_inner() < 1000);
    }

    #[test]
    fn a_panic_ends_it_too() {
        let work = |task: u64| assert_ne!(task, 100);
        let run = || in_order(0.., work, |()| Ok::<_, ()>(true));
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
