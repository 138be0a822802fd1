//! Sorting numbers in steps: next to nothing to do where they come in order but for a few, bounded steps where not.
//!
//! ```
//! use stichwort_core::sort::Sorting;
//!
//! let precedes = |a: u32, b: u32| a < b;
//! let mut sorting = Sorting::default();
//! for number in [1, 2, 9, 3, 4, 0, 5] {
//!     sorting.push(number, &precedes);
//! }
//! while !sorting.step(&mut 2, &precedes) {}
//! assert_eq!(sorting.take_sorted(), [0, 1, 2, 3, 4, 5, 9]);
//! ```
//!
//! Those that come in order are kept apart from the strays. These are merged
//! run by run until they are one, and then with the others: n numbers with k
//! strays cost about n + k log k comparisons. The order must be total: of two
//! different numbers one precedes the other.

/// Sorts numbers.
#[derive(Clone, Debug, Default)]
pub struct Sorting {
    /// Those that came in order.
    main: Vec<u32>,
    /// The others; runs in order, one behind another, once the last is closed.
    strays: Vec<u32>,
    /// Where the closed runs end.
    ends: Vec<u32>,
    /// Whether the open run goes backwards.
    is_backwards: bool,
    /// What the strays become next: half as many runs, each merged of two.
    merged: Vec<u32>,
    merged_ends: Vec<u32>,
    /// The first of the two runs that are being merged, by its place in `ends`, and how far both are.
    pair: usize,
    left: usize,
    right: usize,
}

/// Numbers in their order.
#[must_use]
pub fn sorted(numbers: &[u32], precedes: &dyn Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut sorting = Sorting::with_capacity(numbers.len());
    numbers.iter().for_each(|&number| sorting.push(number, precedes));
    sorting.step(&mut { usize::MAX }, precedes);
    sorting.take_sorted()
}

/// Numbers by their scores, lowest first; of equal ones each stays behind those before it. A counting sort.
#[must_use]
pub fn by_score(numbers: &[u32], score: &dyn Fn(u32) -> u8) -> Vec<u32> {
    // First how many have each score, then where the next of them goes.
    let mut places = [0_usize; 256];
    for &number in numbers {
        places[usize::from(score(number))] += 1;
    }
    let mut total = 0;
    for place in &mut places {
        total += std::mem::replace(place, total);
    }
    // `to_vec` would be one function for both parts of the program, and the first would weigh a hundred bytes more.
    let mut sorted = Vec::with_capacity(numbers.len());
    sorted.extend_from_slice(numbers);
    for &number in numbers {
        let place = &mut places[usize::from(score(number))];
        sorted[*place] = number;
        *place += 1;
    }
    sorted
}

/// The places of keys in the order of the keys; equal ones keep that of their places.
#[must_use]
pub fn by_key(keys: &[String]) -> Vec<u32> {
    let places: Vec<u32> = (0..keys.len() as u32).collect();
    sorted(&places, &|first, second| is_before(keys, first, second))
}

/// Whether one place comes before another in the order of the keys; of equal ones the first.
#[must_use]
pub fn is_before(keys: &[String], first: u32, second: u32) -> bool {
    (&keys[first as usize], first) < (&keys[second as usize], second)
}

impl Sorting {
    /// For so many numbers.
    #[must_use]
    pub fn with_capacity(numbers: usize) -> Self {
        let mut sorting = Self::default();
        sorting.main.reserve_exact(numbers);
        sorting
    }

    /// Takes a number, before the first step.
    pub fn push(&mut self, number: u32, precedes: &dyn Fn(u32, u32) -> bool) {
        let mut stray = number;
        match *self.main {
            [.., last] if !precedes(number, last) => return self.main.push(number),
            [] => return self.main.push(number),
            // The number fits behind the one before the last: then it is the last that strayed.
            [.., before, _] if precedes(number, before) => {}
            [.., ref mut last] => std::mem::swap(last, &mut stray),
        }
        let open = self.strays.len() - self.run_start();
        if let (true, Some(&last)) = (open > 0, self.strays.last()) {
            let is_backwards = precedes(stray, last);
            if open == 1 {
                self.is_backwards = is_backwards;
            } else if is_backwards != self.is_backwards {
                self.close_run();
            }
        }
        self.strays.push(stray);
    }

    /// Does so much work as `budget` says, a number moved being one, and takes it off; `true` when all is sorted.
    pub fn step(&mut self, budget: &mut usize, precedes: &dyn Fn(u32, u32) -> bool) -> bool {
        if self.merged.is_empty() && self.run_start() < self.strays.len() {
            self.close_run();
        }
        loop {
            if self.ends.len() <= 1 {
                if self.strays.is_empty() || self.main.is_empty() {
                    return true;
                }
                // What came in order is one more run, merged once and last.
                self.strays.append(&mut self.main);
                self.ends.push(self.strays.len() as u32);
            }
            if !self.merge(budget, precedes) {
                return false;
            }
        }
    }

    /// The numbers in their order, once, after the last step.
    #[must_use]
    pub fn take_sorted(&mut self) -> Vec<u32> {
        // What was room for merging is free before others ask for memory.
        self.merged = Vec::new();
        std::mem::take(if self.strays.is_empty() { &mut self.main } else { &mut self.strays })
    }

    fn run_start(&self) -> usize {
        self.ends.last().map_or(0, |&end| end as usize)
    }

    fn close_run(&mut self) {
        let start = self.run_start();
        if std::mem::take(&mut self.is_backwards) {
            self.strays[start..].reverse();
        }
        self.ends.push(self.strays.len() as u32);
    }

    /// Merges each two neighbouring runs; `false` if the budget ended before.
    fn merge(&mut self, budget: &mut usize, precedes: &dyn Fn(u32, u32) -> bool) -> bool {
        self.merged.reserve_exact(self.strays.len() - self.merged.len());
        let end = |ends: &[u32], run: usize| ends.get(run).or(ends.last()).map_or(0, |&end| end as usize);
        while self.pair < self.ends.len() {
            let (left_end, right_end) = (end(&self.ends, self.pair), end(&self.ends, self.pair + 1));
            self.right = self.right.max(left_end);
            while self.left < left_end || self.right < right_end {
                if *budget == 0 {
                    return false;
                }
                *budget -= 1;
                let is_left = self.right == right_end
                    || self.left < left_end && precedes(self.strays[self.left], self.strays[self.right]);
                let next = if is_left { &mut self.left } else { &mut self.right };
                self.merged.push(self.strays[*next]);
                *next += 1;
            }
            self.merged_ends.push(right_end as u32);
            self.left = right_end;
            self.right = right_end;
            self.pair += 2;
        }
        std::mem::swap(&mut self.strays, &mut self.merged);
        std::mem::swap(&mut self.ends, &mut self.merged_ends);
        self.merged.clear();
        self.merged_ends.clear();
        (self.pair, self.left, self.right) = (0, 0, 0);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    /// Sorts by the given keys, equal ones by their place; the result, the comparisons, and the most in one step.
    fn sort(keys: &[u32], budget: usize) -> (Vec<u32>, usize, usize) {
        let compared = Cell::new(0);
        let precedes = |a: u32, b: u32| {
            compared.set(compared.get() + 1);
            (keys[a as usize], a) < (keys[b as usize], b)
        };
        let mut sorting = Sorting::default();
        (0..keys.len() as u32).for_each(|number| sorting.push(number, &precedes));
        let mut most = 0;
        loop {
            let before = compared.get();
            let is_done = sorting.step(&mut budget.clone(), &precedes);
            most = most.max(compared.get() - before);
            if is_done {
                return (sorting.take_sorted(), compared.get(), most);
            }
        }
    }

    #[track_caller]
    fn check(keys: &[u32], comparisons: usize) {
        let (sorted, compared, _) = sort(keys, usize::MAX);
        assert!(sorted.is_sorted_by_key(|&number| (keys[number as usize], number)));
        assert_eq!(sorted.len(), keys.len());
        assert!(compared <= comparisons, "{compared} comparisons for {}", keys.len());
    }

    #[test]
    fn what_is_sorted_but_for_a_few_costs_a_comparison_each() {
        let sorted: Vec<u32> = (0..10_000).collect();
        check(&sorted, 10_000);
        check(&vec![7; 10_000], 10_000);
        // Every hundredth strays far; merging them goes over all once more.
        let strays: Vec<u32> = sorted.iter().map(|&key| if key % 100 == 50 { 10_000 - key } else { key }).collect();
        check(&strays, 25_000);
        // Two old ones on top, as where an editor has pinned them: the rest is one run.
        let pinned: Vec<u32> = [9_998, 9_999].into_iter().chain(0..9_998).collect();
        check(&pinned, 40_000);
        let backwards: Vec<u32> = sorted.iter().rev().copied().collect();
        check(&backwards, 30_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_numbers_are_sorted_in_bounded_steps(
            keys in proptest::collection::vec(0_u32..50, 0..200), budget in 1_usize..40,
        ) {
            let (sorted, compared, most) = sort(&keys, budget);
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|&number| keys[number as usize]);
            prop_assert_eq!(sorted, expected);
            prop_assert!(most <= budget);
            prop_assert!(compared <= keys.len() * 12, "{} comparisons for {}", compared, keys.len());
        }
    }
}
