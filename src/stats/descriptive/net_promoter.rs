//! Net promoter score: the percentage who recommend minus the percentage who advise against.

use crate::stats::distributions::normal;
use crate::stats::record::{Caution, Computed, ConfidenceLevel, Interval, Method, NotComputed};
use crate::stats::sample::Sample;

/// Of ratings from 0 to 10.
pub const NET_PROMOTER_SCORE: Method = Method {
    id: "net_promoter_score",
    name: "net promoter score",
    convention: "9 and 10 minus 0 to 6, in points of 100; multinomial variance with divisor n",
};

/// A score between -100 and 100.
#[derive(Debug, Clone, PartialEq)]
pub struct NetPromoterScore {
    /// Number of ratings.
    pub n: u64,
    /// The score.
    pub score: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Wald interval, not cut at 100 points.
    pub interval: Interval,
    /// What a careful reader must know beside the numbers.
    pub cautions: Vec<Caution>,
}

/// The score from the numbers of promoters (9, 10), passives (7, 8) and detractors (0 to 6).
///
/// # Errors
/// `EmptyBase` for no rating.
pub fn from_groups(
    promoters: u64,
    passives: u64,
    detractors: u64,
    level: ConfidenceLevel,
) -> Computed<NetPromoterScore> {
    let n = promoters.checked_add(passives).and_then(|sum| sum.checked_add(detractors));
    let n = n.ok_or(NotComputed::invalid("the counts do not fit into 64 bits"))?;
    if n == 0 {
        return Err(NotComputed::EmptyBase);
    }
    let size = n as f64;
    let (p, d) = (promoters as f64 / size, detractors as f64 / size);
    let net = (promoters as f64 - detractors as f64) / size;
    // p + d - (p - d)^2 as a sum of squares about the three values 1, 0, -1, which cannot become negative.
    let passive = passives as f64 / size;
    let variance = p * (1.0 - net) * (1.0 - net) + passive * net * net + d * (1.0 + net) * (1.0 + net);
    let standard_error = 100.0 * (variance / size).sqrt();
    let half_width = normal::upper_quantile(0.5 * level.alpha()) * standard_error;
    let score = 100.0 * net;
    let (low, high) = (score - half_width, score + half_width);
    let mut cautions = Vec::new();
    if variance <= 0.0 {
        cautions.push(Caution::NoVariation);
    }
    if low < -100.0 || high > 100.0 {
        cautions
            .push(Caution::Note("a limit lies beyond 100 points: the base is too small for this interval"));
    }
    let interval = Interval { low, high, level, method: NET_PROMOTER_SCORE };
    Ok(NetPromoterScore { n, score, standard_error, interval, cautions })
}

/// The score of ratings from 0 to 10.
///
/// # Errors
/// `Invalid` if a rating is not a whole number from 0 to 10, `EmptyBase` for no rating.
pub fn net_promoter_score(ratings: &Sample, level: ConfidenceLevel) -> Computed<NetPromoterScore> {
    let [mut promoters, mut passives, mut detractors] = [0_u64; 3];
    for point in ratings.points() {
        if !(0.0..=10.0).contains(&point.value) || point.value.fract() != 0.0 {
            return Err(NotComputed::invalid("ratings are whole numbers from 0 to 10"));
        }
        if point.value >= 9.0 {
            promoters += point.count;
        } else if point.value >= 7.0 {
            passives += point.count;
        } else {
            detractors += point.count;
        }
    }
    from_groups(promoters, passives, detractors, level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_promoters_one_passive_one_detractor_by_hand() {
        // p = 1/2, d = 1/4: 25 points; variance 3/4 - 1/16 = 11/16, over 4.
        let ratings = Sample::from_values(&[10.0, 9.0, 8.0, 0.0]).unwrap();
        let score = net_promoter_score(&ratings, ConfidenceLevel::P95).unwrap();
        assert!((score.score - 25.0).abs() < 1e-300);
        assert!((score.standard_error - 100.0 * (11.0_f64 / 64.0).sqrt()).abs() < 1e-13);
    }

    #[test]
    fn unanimous_impossible_and_empty() {
        let unanimous = from_groups(7, 0, 0, ConfidenceLevel::P95).unwrap();
        assert_eq!(unanimous.cautions, [Caution::NoVariation]);
        let odd = Sample::from_values(&[11.0]).unwrap();
        assert!(net_promoter_score(&odd, ConfidenceLevel::P95).is_err());
        assert_eq!(from_groups(0, 0, 0, ConfidenceLevel::P95), Err(NotComputed::EmptyBase));
    }
}
