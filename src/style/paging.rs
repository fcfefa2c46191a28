//! Distributes items over pages by their heights. An item taller than a page gets a page to itself.

/// Fills each page before it starts the next.
pub fn filled<T>(things: Vec<T>, room: usize, height: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let heights: Vec<usize> = things.iter().map(&height).collect();
    let mut things = things.into_iter();
    counts(&heights, room).into_iter().map(|count| things.by_ref().take(count).collect()).collect()
}

/// Uses as few pages as possible and fills them about evenly, so that no full page comes before a nearly empty one.
pub fn level<T>(things: Vec<T>, room: usize, height: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let heights: Vec<usize> = things.iter().map(&height).collect();
    let pages = counts(&heights, room).len();
    // Less room never takes fewer pages, so a binary search finds the least room that still takes no more.
    let (mut least, mut enough) = (0, room);
    while least < enough {
        let middle = (least + enough) / 2;
        if counts(&heights, middle).len() > pages { least = middle + 1 } else { enough = middle }
    }
    filled(things, enough, height)
}

/// How many of these heights fit on each page.
fn counts(heights: &[usize], room: usize) -> Vec<usize> {
    let mut counts: Vec<usize> = Vec::new();
    let mut used = 0;
    for height in heights {
        match counts.last_mut() {
            Some(count) if used + height <= room => *count += 1,
            // Also for an item taller than the room: it gets this page, and the next item starts a new one.
            _ => {
                counts.push(1);
                used = 0;
            }
        }
        used += height;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_as_few_as_they_can_be_and_level_where_that_is_asked() {
        let rows = || vec![20; 12];
        let sizes = |pages: Vec<Vec<usize>>| pages.iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(sizes(filled(rows(), 200, |row| *row)), [10, 2]);
        assert_eq!(sizes(level(rows(), 200, |row| *row)), [6, 6]);
        assert_eq!(sizes(level(vec![500, 20, 20], 200, |row| *row)), [1, 2]);
        assert_eq!(sizes(level(Vec::new(), 200, |row| *row)), Vec::<usize>::new());
    }
}
