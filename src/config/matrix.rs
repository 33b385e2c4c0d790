//! The risk matrix: two scales, a rule that joins them, and the levels of the score.

use crate::language::Localized;
use crate::words::localized;

/// How likelihood and impact become a score and a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// What it is called.
    pub title: Localized,
    /// The steps of likelihood, lowest first.
    pub likelihood: Vec<Step>,
    /// The steps of impact, lowest first.
    pub impact: Vec<Step>,
    /// How the score is made.
    pub rule: MatrixRule,
    /// The levels, lowest first.
    pub levels: Vec<Level>,
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The id that documents name (`high`).
    pub id: String,
    /// The number that documents may name instead, and that the rule counts with.
    pub value: i64,
    /// What it is called.
    pub title: Localized,
}

/// How two steps become a score.
#[derive(Debug, Clone, PartialEq)]
pub enum MatrixRule {
    /// Likelihood plus impact (the example of ISO/IEC 27005:2008 Annex E).
    Sum,
    /// Likelihood times impact.
    Product,
    /// A score for each pair: a row for each step of impact, in it one for each step of likelihood.
    Grid(Vec<Vec<i64>>),
}

/// A band of scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Its id (`high`).
    pub id: String,
    /// The lowest score.
    pub min: i64,
    /// The highest score.
    pub max: i64,
    /// What it is called.
    pub title: Localized,
}

impl Matrix {
    /// The matrix called `iso27005-2008`: two scales of 0 to 4, their sum, three levels.
    pub fn sum_0_to_8() -> Self {
        Self {
            title: localized("matrix.iso27005-2008"),
            likelihood: steps(0, "likelihood"),
            impact: steps(0, "impact"),
            rule: MatrixRule::Sum,
            levels: three_levels([(0, 2), (3, 5), (6, 8)]),
        }
    }

    /// The matrix called `product-5x5`: two scales of 1 to 5, their product, three levels.
    pub fn product_5x5() -> Self {
        Self {
            title: localized("matrix.product-5x5"),
            likelihood: steps(1, "likelihood"),
            impact: steps(1, "impact"),
            rule: MatrixRule::Product,
            levels: three_levels([(1, 4), (5, 12), (13, 25)]),
        }
    }

    /// The matrix with this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "iso27005-2008" => Some(Self::sum_0_to_8()),
            "product-5x5" => Some(Self::product_5x5()),
            _ => None,
        }
    }

    /// The names of the matrices that come with the program.
    pub const NAMES: [&'static str; 2] = ["iso27005-2008", "product-5x5"];

    /// The score of a pair of steps, each given by its place in its scale.
    pub fn score(&self, likelihood: usize, impact: usize) -> i64 {
        let (Some(left), Some(right)) = (self.likelihood.get(likelihood), self.impact.get(impact)) else { return 0 };
        match &self.rule {
            MatrixRule::Sum => left.value.saturating_add(right.value),
            MatrixRule::Product => left.value.saturating_mul(right.value),
            MatrixRule::Grid(rows) => rows.get(impact).and_then(|row| row.get(likelihood)).copied().unwrap_or(0),
        }
    }

    /// The level of a score, by its place among the levels; the nearest one for a score between levels.
    pub fn level(&self, score: i64) -> usize {
        let at = self.levels.iter().rposition(|level| score >= level.min);
        at.unwrap_or(0)
    }
}

impl Step {
    /// The place in `scale` of the step that is written as `text`: its id or its number.
    pub fn find(scale: &[Self], text: &str) -> Option<usize> {
        scale.iter().position(|step| step.id == text || text.parse() == Ok(step.value))
    }
}

fn steps(first: i64, scale: &str) -> Vec<Step> {
    const IDS: [&str; 5] = ["very_low", "low", "medium", "high", "very_high"];
    const ENGLISH: [&str; 5] = ["Very low", "Low", "Medium", "High", "Very high"];
    const LIKELIHOOD: [&str; 5] = ["非常に低い", "低い", "中程度", "高い", "非常に高い"];
    const IMPACT: [&str; 5] = ["非常に小さい", "小さい", "中程度", "大きい", "非常に大きい"];
    let japanese = if scale == "impact" { IMPACT } else { LIKELIHOOD };
    let values = first..;
    let titles = ENGLISH.iter().zip(japanese);
    IDS.iter()
        .zip(values)
        .zip(titles)
        .map(|((id, value), (en, ja))| Step { id: (*id).to_owned(), value, title: Localized::both(en, ja) })
        .collect()
}

fn three_levels(bands: [(i64, i64); 3]) -> Vec<Level> {
    let words =
        [("low", "Low risk", "低リスク"), ("medium", "Medium risk", "中リスク"), ("high", "High risk", "高リスク")];
    words
        .iter()
        .zip(bands)
        .map(|((id, en, ja), (min, max))| Level { id: (*id).to_owned(), min, max, title: Localized::both(en, ja) })
        .collect()
}
