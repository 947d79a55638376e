//! Work on all cores, with the results in order: [`in_order`].

use std::num::NonZero;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Deals out tasks to as many threads as there are cores, and hands on the results in the order of the tasks.
///
/// Each thread is dealt a task in turn, and its result is awaited in turn, so no result waits for its order
/// anywhere but in the short queue of its thread. `deal` gets a function that takes a task, and says whether more
/// are wanted. `each` says whether more are wanted too; that none is, or an error, ends it all.
pub(super) fn in_order<T: Send, R: Send, E>(
    deal: impl FnOnce(&mut dyn FnMut(T) -> bool) + Send,
    work: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(R) -> Result<bool, E>,
) -> Result<(), E> {
    /// So many tasks, and so many results, wait for each thread.
    const WAITING: usize = 2;

    let count = thread::available_parallelism().map_or(1, NonZero::get);
    let work = &work;
    thread::scope(|scope| {
        let (mut tasks, mut results) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let (give, take) = sync_channel(WAITING);
            let (tell, hear) = sync_channel(WAITING);
            scope.spawn(move || take.iter().map(work).try_for_each(|result| tell.send(result)));
            tasks.push(give);
            results.push(hear);
        }
        scope.spawn(move || {
            let mut turn = tasks.iter().cycle();
            deal(&mut |task| turn.next().is_some_and(|give| give.send(task).is_ok()));
        });
        // Whoever has no result at its turn was not dealt a task, and neither was anyone after it.
        for hear in results.iter().cycle() {
            let Ok(result) = hear.recv() else { break };
            if !each(result)? {
                break;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        for count in [0, 1, 2, 3, 1000] {
            let mut told = Vec::new();
            let deal = |give: &mut dyn FnMut(u64) -> bool| assert!((0..count).all(give));
            let work = |task: u64| {
                // Some take longer than others.
                (0..task % 7 * 1000).fold(task, |sum, step| std::hint::black_box(sum + step - step))
            };
            let each = |result| {
                told.push(result);
                Ok::<_, ()>(true)
            };
            assert_eq!(in_order(deal, work, each), Ok(()));
            assert!(told.into_iter().eq(0..count));
        }
    }

    #[test]
    fn an_error_ends_it() {
        let mut dealt = 0_u64;
        let deal = |give: &mut dyn FnMut(u64) -> bool| {
            while give(dealt) {
                dealt += 1;
            }
        };
        let each = |result| if result < 100 { Ok(true) } else { Err(result) };
        assert_eq!(in_order(deal, |task| task, each), Err(100));
        assert!(dealt < 1000, "{dealt}");
        let mut told = 0;
        let each = |result| {
            told = result;
            Ok::<_, ()>(result < 100)
        };
        assert_eq!(in_order(|give| assert!(!(0..).all(give)), |task: u64| task, each), Ok(()));
        assert_eq!(told, 100);
    }
}
