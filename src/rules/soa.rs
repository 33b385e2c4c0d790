//! The Statement of Applicability: what is undecided, unjustified or contradicted.

pub(super) mod undecided_control;
