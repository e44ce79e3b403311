//! Texts along a line, each as near to its place as the others let it.

use super::super::scene::Length;

/// Something that wants to be centred at a place and takes some room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Where its centre should be.
    pub(crate) centre: Length,
    /// The room that it takes.
    pub(crate) size: Length,
}

/// Things that touch, moved together.
struct Cluster {
    /// The sum of what each of them wants the start of the cluster to be.
    wanted: i64,
    /// How many there are.
    n: i64,
    /// The room of all of them.
    size: Length,
    start: Length,
}

impl Cluster {
    /// As near as all of them want, within the bounds.
    fn place(&mut self, (from, to): (Length, Length)) {
        let wanted = Length::try_from(self.wanted.div_euclid(self.n)).unwrap_or(from);
        self.start = wanted.min(to - self.size).max(from);
    }
}

/// The centres of things that stand in this order between two bounds, no two of them overlapping; things that would
/// touch are moved by equal parts. Nothing if they need more room than there is.
pub(crate) fn apart(wishes: &[Wish], bounds: (Length, Length)) -> Option<Vec<Length>> {
    let room = i64::from(bounds.1) - i64::from(bounds.0);
    if wishes.iter().map(|wish| i64::from(wish.size)).sum::<i64>() > room {
        return None;
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    for wish in wishes {
        let wanted = i64::from(wish.centre - wish.size / 2);
        let mut cluster = Cluster { wanted, n: 1, size: wish.size, start: 0 };
        cluster.place(bounds);
        while clusters.last().is_some_and(|before| before.start + before.size > cluster.start) {
            let Some(before) = clusters.pop() else { break };
            cluster = Cluster {
                // What those behind want of the start is what they want less the room before them.
                wanted: before.wanted + cluster.wanted - cluster.n * i64::from(before.size),
                n: before.n + cluster.n,
                size: before.size + cluster.size,
                start: 0,
            };
            cluster.place(bounds);
        }
        clusters.push(cluster);
    }
    let mut sizes = wishes.iter().map(|wish| wish.size);
    let mut centres = Vec::new();
    for cluster in clusters {
        let mut at = cluster.start;
        let members = usize::try_from(cluster.n).unwrap_or(0);
        for size in sizes.by_ref().take(members) {
            centres.push(at + size / 2);
            at += size;
        }
    }
    Some(centres)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(centre: Length, size: Length) -> Wish {
        Wish { centre, size }
    }

    #[test]
    fn what_has_room_stays_where_it_wants() {
        assert_eq!(apart(&[wish(100, 40), wish(200, 40)], (0, 300)), Some(vec![100, 200]));
    }

    #[test]
    fn what_touches_is_moved_by_equal_parts() {
        // Two of 40 at one place: 20 to each side.
        assert_eq!(apart(&[wish(100, 40), wish(100, 40)], (0, 300)), Some(vec![80, 120]));
        // A third that the two would touch joins them.
        assert_eq!(apart(&[wish(100, 40), wish(100, 40), wish(130, 40)], (0, 300)), Some(vec![70, 110, 150]));
    }

    #[test]
    fn bounds_hold_and_no_room_is_said() {
        assert_eq!(apart(&[wish(0, 40), wish(5, 40)], (0, 300)), Some(vec![20, 60]));
        assert_eq!(apart(&[wish(299, 40), wish(300, 40)], (0, 300)), Some(vec![240, 280]));
        assert_eq!(apart(&[wish(10, 40), wish(20, 40)], (0, 79)), None);
        assert_eq!(apart(&[], (0, 0)), Some(Vec::new()));
    }

    #[test]
    fn sixty_at_one_place_fill_the_room_exactly() {
        let centres = apart(&[wish(30, 10); 60], (0, 600)).unwrap();
        assert_eq!(centres, (0..60).map(|i| 5 + 10 * i).collect::<Vec<Length>>());
    }
}
