//! What a click, or the new value of a field, asks for.

use stichwort_core::date::Day;
use stichwort_core::options::Sort;
use stichwort_core::selection::Dates;
use stichwort_core::state::Msg;
use stichwort_core::view::node::{Action, Attribute, Tree};

/// The innermost of these elements of the view that asks for something when it is clicked.
pub(crate) fn clicked(shown: &Tree, traced: &[u32]) -> Option<(u32, Action)> {
    traced.iter().rev().find_map(|&index| Some((index, shown.element(index).action?)))
}

/// What a click asks for that the program's first part can do.
pub(crate) fn message(shown: &Tree, traced: &[u32], index: u32, action: Action) -> Option<Msg> {
    let tag = || shown.get(index, Attribute::DataTag).map(str::to_owned);
    Some(match action {
        Action::ToggleTag => Msg::ToggleTag(tag()?),
        Action::ToggleValue => {
            let facet = traced.iter().find_map(|&index| shown.get(index, Attribute::DataFacet))?;
            Msg::ToggleValue(facet.to_owned(), tag()?)
        }
        Action::Clear => Msg::Clear,
        Action::ToggleFilters => Msg::ToggleFilters,
        Action::Retry => Msg::Retry,
        Action::Open(article) => Msg::Open(article),
        _ => return None,
    })
}

/// What any other click asks for.
pub(crate) fn further_message(shown: &Tree, index: u32, action: Action) -> Option<Msg> {
    Some(match action {
        Action::RemoveChip(chip) => Msg::RemoveChip(usize::from(chip)),
        Action::ToggleAll(facet) => Msg::ToggleAll(usize::from(facet)),
        Action::ToggleOrder(facet) => Msg::ToggleOrder(usize::from(facet)),
        Action::Preset => Msg::Dates(Dates::of_name(shown.get(index, Attribute::DataPreset)?)?),
        Action::Page(page) => Msg::Page(page as usize),
        Action::CopyLink => Msg::CopyLink,
        Action::More => Msg::More,
        Action::ShowUpdates => Msg::ShowUpdates,
        Action::LoadImage(article) => Msg::LoadImage(article),
        // The values of fields say what they ask for.
        _ => return None,
    })
}

/// What a new value of a field of the view asks for: `is_final` if the visitor is done with it.
///
/// Browsers say so of each digit of a year: 0002, 0020, 0202, 2026.
pub(crate) fn entered(shown: &Tree, traced: &[u32], value: String, is_final: bool) -> Option<Msg> {
    let action = shown.element(*traced.last()?).action?;
    let day = Day::parse(&value);
    // An end that is no day is left as it was, and told when its field is left.
    let is_end = day.is_some() || value.is_empty();
    if is_final && day.is_some_and(|day| day.year < 1000) {
        return None;
    }
    Some(match (action, is_final) {
        (Action::Search, false) => Msg::Search(value),
        (Action::Narrow(facet), false) => Msg::Narrow(usize::from(facet), value),
        (Action::Sort, true) => Msg::Sort(Sort::of_name(&value)?),
        (Action::From, true) if is_end => Msg::From(day),
        (Action::To, true) if is_end => Msg::To(day),
        _ => return None,
    })
}
