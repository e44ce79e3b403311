//! Hypergeometric distribution: `k` successes in `draws` drawn without replacement from a `population` of which
//! `successes` are successes.

use super::special::ln_binomial_density;

/// P(X = k).
pub fn pmf(k: u64, population: u64, successes: u64, draws: u64) -> f64 {
    libm::exp(ln_pmf(k, population, successes, draws))
}

/// Natural logarithm of P(X = k); `-inf` where it is 0, NaN where the urn is impossible.
pub fn ln_pmf(k: u64, population: u64, successes: u64, draws: u64) -> f64 {
    let Some((low, high)) = support(population, successes, draws) else {
        return f64::NAN;
    };
    if k < low || k > high {
        return f64::NEG_INFINITY;
    }
    if low == high {
        return 0.0;
    }
    let failures = population - successes;
    let p = draws as f64 / population as f64;
    let q = (population - draws) as f64 / population as f64;
    ln_binomial_density(k as f64, (successes - k) as f64, p, q)
        + ln_binomial_density((draws - k) as f64, (failures - (draws - k)) as f64, p, q)
        - ln_binomial_density(draws as f64, (population - draws) as f64, p, q)
}

/// P(X <= k).
pub fn cdf(k: u64, population: u64, successes: u64, draws: u64) -> f64 {
    let Some((low, high)) = support(population, successes, draws) else {
        return f64::NAN;
    };
    if k < low {
        return 0.0;
    }
    if k >= high {
        return 1.0;
    }
    let urn = Urn { population, successes, draws, low, high };
    if urn.is_below_mean(k) { urn.sum_down(k) } else { 1.0 - urn.sum_up(k + 1) }
}

/// P(X > k).
pub fn sf(k: u64, population: u64, successes: u64, draws: u64) -> f64 {
    let Some((low, high)) = support(population, successes, draws) else {
        return f64::NAN;
    };
    if k < low {
        return 1.0;
    }
    if k >= high {
        return 0.0;
    }
    let urn = Urn { population, successes, draws, low, high };
    if urn.is_below_mean(k) { 1.0 - urn.sum_down(k) } else { urn.sum_up(k + 1) }
}

/// Smallest and largest possible `k`; none if more are drawn, or succeed, than there are.
pub fn support(population: u64, successes: u64, draws: u64) -> Option<(u64, u64)> {
    let failures = population.checked_sub(successes)?;
    population.checked_sub(draws)?;
    Some((draws.saturating_sub(failures), draws.min(successes)))
}

struct Urn {
    population: u64,
    successes: u64,
    draws: u64,
    low: u64,
    high: u64,
}

impl Urn {
    fn is_below_mean(&self, k: u64) -> bool {
        u128::from(k) * u128::from(self.population) < u128::from(self.draws) * u128::from(self.successes)
    }

    /// P(X <= k) for `k` below the mean: the terms fall from `k` downwards.
    fn sum_down(&self, k: u64) -> f64 {
        let unused = self.population - self.successes - self.draws.min(self.population - self.successes);
        let mut term = 1.0;
        let mut sum = 1.0;
        for i in (self.low + 1..=k).rev() {
            // pmf(i - 1) / pmf(i); the last factor counts the failures left in the urn at i.
            let failures_left = self.failures_left(i, unused);
            term *=
                i as f64 * failures_left / ((self.successes - i + 1) as f64 * (self.draws - i + 1) as f64);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        (self.pmf(k) * sum).min(1.0)
    }

    /// P(X >= k) for `k` above the mean: the terms fall from `k` upwards.
    fn sum_up(&self, k: u64) -> f64 {
        let unused = self.population - self.successes - self.draws.min(self.population - self.successes);
        let mut term = 1.0;
        let mut sum = 1.0;
        for i in k..self.high {
            let failures_left = self.failures_left(i + 1, unused);
            term *= (self.successes - i) as f64 * (self.draws - i) as f64 / ((i + 1) as f64 * failures_left);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        (self.pmf(k) * sum).min(1.0)
    }

    /// `failures - draws + i`, which is at least 1 inside the support above its lower end.
    fn failures_left(&self, i: u64, unused: u64) -> f64 {
        let failures = self.population - self.successes;
        if self.draws <= failures { (unused + i) as f64 } else { (i - (self.draws - failures)) as f64 }
    }

    fn pmf(&self, k: u64) -> f64 {
        pmf(k, self.population, self.successes, self.draws)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mass_is_the_ratio_of_counts() {
        // C(5,2) C(7,2) / C(12,4) = 210/495.
        assert!((pmf(2, 12, 5, 4) - 210.0 / 495.0).abs() < 1e-15);
        assert!((pmf(3, 3, 3, 3) - 1.0).abs() < 1e-15);
        assert!(pmf(4, 12, 3, 5).abs() < 1e-300);
        assert!(pmf(1, 3, 4, 1).is_nan());
    }

    #[test]
    fn tails_are_sums_of_the_mass_everywhere() {
        for (population, successes, draws) in
            [(12, 5, 4), (12, 5, 9), (30, 21, 17), (9, 9, 4), (9, 0, 4), (7, 3, 7)]
        {
            let mass: Vec<f64> = (0..=draws).map(|k| pmf(k, population, successes, draws)).collect();
            for k in 0..=draws {
                let below: f64 = mass.iter().take(usize::try_from(k).unwrap() + 1).sum();
                assert!((cdf(k, population, successes, draws) - below).abs() < 1e-14);
                let above: f64 = mass.iter().skip(usize::try_from(k).unwrap() + 1).sum();
                assert!((sf(k, population, successes, draws) - above).abs() < 1e-14);
            }
        }
    }
}
