//! References that lead nowhere, or elsewhere than the author meant.

pub(super) mod unknown_control;
