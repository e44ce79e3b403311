//! Standard normal distribution.

use std::f64::consts::SQRT_2;

use super::special::LN_SQRT_2PI;

/// What the nearest `f64` lacks of the square root of 2.
const SQRT_2_REST: f64 = -9.667_293_313_452_913e-17;

/// Density at `x`.
pub fn pdf(x: f64) -> f64 {
    libm::exp(-0.5 * x * x - LN_SQRT_2PI)
}

/// P(Z <= x).
pub fn cdf(x: f64) -> f64 {
    sf(-x)
}

/// P(Z > x).
pub fn sf(x: f64) -> f64 {
    if x.is_infinite() {
        return if x > 0.0 { 0.0 } else { 1.0 };
    }
    let scaled = x / SQRT_2;
    // Far out the rounding of x / sqrt(2), and of sqrt(2) itself, would be felt: add their first-order effect.
    let error = -(scaled.mul_add(SQRT_2, -x) + scaled * SQRT_2_REST) / SQRT_2;
    0.5 * libm::erfc(scaled) - error * SQRT_2 * pdf(x)
}

/// P(|Z| > |z|).
pub fn two_sided(z: f64) -> f64 {
    (2.0 * sf(z.abs())).min(1.0)
}

/// Natural logarithm of P(Z <= x), finite far below where the probability itself underflows.
pub fn ln_cdf(x: f64) -> f64 {
    if x > 0.0 {
        return libm::log1p(-sf(x));
    }
    if x > -30.0 {
        return libm::log(cdf(x));
    }
    if x.is_infinite() {
        return f64::NEG_INFINITY;
    }
    // 1 - 1/x^2 + 3/x^4 - 15/x^6 + …: eight terms leave less than 1e-17 at x = -30.
    let inverse_square = 1.0 / (x * x);
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in 1..8 {
        term *= -inverse_square * f64::from(2 * k - 1);
        sum += term;
    }
    -0.5 * x * x - LN_SQRT_2PI - libm::log(-x) + libm::log1p(sum)
}

/// The `x` with P(Z <= x) = `p`: -inf at 0, +inf at 1 (Wichura 1988, AS 241).
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let centred = p - 0.5;
    if centred == 0.0 {
        return 0.0;
    }
    if centred.abs() <= 0.425 {
        return centred * central(0.180_625 - centred * centred);
    }
    if centred < 0.0 { -upper_tail_quantile(p) } else { upper_tail_quantile(1.0 - p) }
}

/// The `x` with P(Z > x) = `q`; keeps the digits of a small `q`.
pub fn upper_quantile(q: f64) -> f64 {
    -quantile(q)
}

/// The upper quantile of a tail `q < 0.075`.
fn upper_tail_quantile(q: f64) -> f64 {
    let r = (-libm::log(q)).sqrt();
    if r <= 5.0 { near_tail(r - 1.6) } else { far_tail(r - 5.0) }
}

fn ratio(r: f64, numerator: &[f64; 8], denominator: &[f64; 8]) -> f64 {
    let polynomial = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, c| sum * r + c);
    polynomial(numerator) / polynomial(denominator)
}

#[expect(clippy::excessive_precision, reason = "the coefficients are quoted as published")]
fn central(r: f64) -> f64 {
    ratio(
        r,
        &[
            3.387_132_872_796_366_608_0,
            133.141_667_891_784_377_45,
            1_971.590_950_306_551_442_7,
            13_731.693_765_509_461_125,
            45_921.953_931_549_871_457,
            67_265.770_927_008_700_853,
            33_430.575_583_588_128_105,
            2_509.080_928_730_122_672_7,
        ],
        &[
            1.0,
            42.313_330_701_600_911_252,
            687.187_007_492_057_908_3,
            5_394.196_021_424_751_107_7,
            21_213.794_301_586_595_867,
            39_307.895_800_092_710_610,
            28_729.085_735_721_942_674,
            5_226.495_278_852_854_561_0,
        ],
    )
}

#[expect(clippy::excessive_precision, reason = "the coefficients are quoted as published")]
fn near_tail(r: f64) -> f64 {
    ratio(
        r,
        &[
            1.423_437_110_749_683_577_34,
            4.630_337_846_156_545_295_90,
            5.769_497_221_460_691_405_50,
            3.647_848_324_763_204_605_04,
            1.270_458_252_452_368_382_58,
            0.241_780_725_177_450_611_770,
            2.272_384_498_926_918_458_33e-2,
            7.745_450_142_783_414_076_40e-4,
        ],
        &[
            1.0,
            2.053_191_626_637_758_821_87,
            1.676_384_830_183_803_849_40,
            0.689_767_334_985_100_004_550,
            0.148_103_976_427_480_074_590,
            1.519_866_656_361_645_719_66e-2,
            5.475_938_084_995_344_946_00e-4,
            1.050_750_071_644_416_843_24e-9,
        ],
    )
}

#[expect(clippy::excessive_precision, reason = "the coefficients are quoted as published")]
fn far_tail(r: f64) -> f64 {
    ratio(
        r,
        &[
            6.657_904_643_501_103_777_20,
            5.463_784_911_164_114_369_90,
            1.784_826_539_917_291_335_80,
            0.296_560_571_828_504_891_230,
            2.653_218_952_657_612_309_30e-2,
            1.242_660_947_388_078_438_60e-3,
            2.711_555_568_743_487_578_15e-5,
            2.010_334_399_292_288_132_65e-7,
        ],
        &[
            1.0,
            0.599_832_206_555_887_937_690,
            0.136_929_880_922_735_805_310,
            1.487_536_129_085_061_485_25e-2,
            7.868_691_311_456_132_591_00e-4,
            1.846_318_317_510_054_681_80e-5,
            1.421_511_758_316_445_888_70e-7,
            2.044_263_103_389_939_785_64e-15,
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64, relative: f64) {
        assert!((got - expected).abs() <= relative * expected.abs(), "{got} instead of {expected}");
    }

    #[test]
    fn tails_from_mpmath() {
        // mpmath 1.3, mp.dps = 40: ncdf(-x).
        close(sf(1.0), 0.158_655_253_931_457_05, 2e-16);
        close(sf(5.0), 2.866_515_718_791_939e-7, 4e-16);
        close(sf(20.0), 2.753_624_118_606_233_7e-89, 4e-16);
        close(sf(37.0), 5.725_571_222_524_577e-300, 4e-15);
        close(cdf(3.0), 0.998_650_101_968_369_9, 2e-16);
    }

    #[test]
    fn logarithm_continues_beyond_underflow() {
        for x in [-1.0, -10.0, -29.99, -30.0, -35.0] {
            close(ln_cdf(x), libm::log(cdf(x)), 1e-15);
        }
        // mpmath 1.3, mp.dps = 40: log(ncdf(-40)).
        close(ln_cdf(-40.0), -804.608_442_013_753_8, 1e-15);
        assert!(ln_cdf(-1e5) < -4e9);
        close(ln_cdf(9.0), -sf(9.0), 1e-12);
    }

    #[test]
    fn quantile_inverts_both_tails() {
        for p in [1e-300, 1e-20, 1e-10, 0.001, 0.025, 0.074, 0.076, 0.3, 0.5, 0.7, 0.975] {
            close(cdf(quantile(p)), p, 1e-13);
        }
        close(quantile(0.975), 1.959_963_984_540_054_2, 4e-16);
        assert!(quantile(-0.1).is_nan() && quantile(f64::NAN).is_nan());
        assert!(quantile(0.0).is_infinite() && quantile(1.0).is_infinite());
    }
}
