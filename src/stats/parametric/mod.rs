//! Comparisons of means: t tests, analysis of variance, their post hoc tests and effect sizes.

pub mod anova;
pub mod cohens_d;
pub mod post_hoc;
pub mod shapiro_wilk;
pub mod t_test;

use super::record::Method;

/// Every method of this family.
pub const METHODS: &[Method] = &[
    t_test::WELCH,
    t_test::POOLED,
    t_test::PAIRED,
    t_test::ONE_SAMPLE,
    cohens_d::INDEPENDENT,
    cohens_d::GLASS_DELTA,
    cohens_d::AVERAGE_VARIANCE,
    cohens_d::PAIRED,
    anova::ONEWAY,
    anova::ETA2_CI,
    anova::WELCH,
    anova::BROWN_FORSYTHE,
    post_hoc::GAMES_HOWELL,
    post_hoc::TUKEY_HSD,
    shapiro_wilk::SHAPIRO_WILK,
];
