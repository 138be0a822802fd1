//! One bundle per address, shared by the widgets of a page: asked for once, read once, kept while somebody shows it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use stichwort_core::state::{Failure, Feed, Msg};

use crate::element::Widget;
use crate::fetch::Stage;
use crate::page::{self, AbortController};

thread_local! {
    static CACHE: RefCell<Cache> = const { RefCell::new(Cache { shown: Vec::new(), requests: Vec::new(), last_number: 0 }) };
}

struct Cache {
    /// What widgets show now.
    shown: Vec<(String, Weak<Feed>)>,
    requests: Vec<Pending>,
    /// Requests are numbered, so that a late answer is never taken for a newer one's.
    last_number: u32,
}

struct Pending {
    number: u32,
    url: String,
    controller: AbortController,
    waiting: Vec<Weak<Widget>>,
    /// The first articles, once they have come.
    preview: Option<Rc<Feed>>,
    /// What has been read, but while it is being worked on.
    stage: Option<Stage>,
}

impl Pending {
    /// Who has asked and has not been given another address since.
    fn waiting(&self) -> Vec<Rc<Widget>> {
        self.waiting.iter().filter_map(Weak::upgrade).filter(|widget| widget.wants(&self.url)).collect()
    }
}

/// Answers `widget` with the bundle at `url`: at once if another widget shows it, else when it has come.
pub(crate) fn load(url: &str, revalidate: bool, widget: &Rc<Widget>) {
    let shown = CACHE.with_borrow_mut(|cache| {
        cache.shown.retain(|(_, feed)| feed.strong_count() > 0);
        cache.shown.iter().find(|(known, _)| known == url).and_then(|(_, feed)| feed.upgrade())
    });
    if let Some(feed) = shown {
        widget.load(feed);
        return;
    }
    let waiting = Rc::downgrade(widget);
    let preview = CACHE.with_borrow_mut(|cache| {
        if let Some(pending) = cache.requests.iter_mut().find(|request| request.url == url) {
            if !pending.waiting.iter().any(|other| other.ptr_eq(&waiting)) {
                pending.waiting.push(waiting);
            }
            return pending.preview.clone();
        }
        cache.last_number += 1;
        let number = cache.last_number;
        let controller = page::request(number, url, revalidate);
        let waiting = vec![waiting];
        cache.requests.push(Pending { number, url: url.to_owned(), controller, waiting, preview: None, stage: None });
        None
    });
    if let Some(feed) = preview {
        widget.arrive(feed);
    }
}

/// The address that was asked for.
pub(crate) fn address(number: u32) -> Option<String> {
    pending(number, |pending| pending.url.clone())
}

/// What has been read so far, to be worked on while nothing of the cache is borrowed.
pub(crate) fn take(number: u32) -> Option<Stage> {
    pending(number, |pending| pending.stage.take()).flatten()
}

/// Keeps what has been read so far. False if nobody waits for it any more.
pub(crate) fn put(number: u32, stage: Stage) -> bool {
    pending(number, |pending| pending.stage = Some(stage)).is_some()
}

/// How many articles those who wait want to see first; `None` once they see some.
pub(crate) fn wanted(number: u32) -> Option<usize> {
    let waiting = pending(number, |pending| pending.preview.is_none().then(|| pending.waiting())).flatten()?;
    waiting.iter().map(|widget| widget.page_size()).max()
}

/// Shows the first articles to those who wait, and to those who still come.
pub(crate) fn show(number: u32, feed: &Rc<Feed>) {
    let waiting = pending(number, |pending| {
        pending.preview = Some(feed.clone());
        pending.waiting()
    });
    for widget in waiting.unwrap_or_default() {
        widget.arrive(feed.clone());
    }
}

/// Ends a request, and tells those who wait how.
pub(crate) fn settle(number: u32, result: Result<Rc<Feed>, Failure>) {
    let waiting = CACHE.with_borrow_mut(|cache| {
        let at = cache.requests.iter().position(|pending| pending.number == number)?;
        let pending = cache.requests.swap_remove(at);
        let waiting = pending.waiting();
        if let Ok(feed) = &result {
            cache.shown.push((pending.url, Rc::downgrade(feed)));
        }
        Some(waiting)
    });
    for widget in waiting.unwrap_or_default() {
        match &result {
            Ok(feed) => widget.load(feed.clone()),
            Err(failure) => drop(widget.handle(Msg::Failed(failure.clone()))),
        }
    }
}

/// Gives up the requests that no widget waits for any more.
pub(crate) fn prune() {
    CACHE.with_borrow_mut(|cache| {
        cache.requests.retain(|pending| {
            let is_wanted = !pending.waiting().is_empty();
            if !is_wanted {
                pending.controller.abort();
            }
            is_wanted
        });
    });
}

/// Looks at a request, unless it is over.
fn pending<T>(number: u32, look: impl FnOnce(&mut Pending) -> T) -> Option<T> {
    CACHE.with_borrow_mut(|cache| cache.requests.iter_mut().find(|pending| pending.number == number).map(look))
}
