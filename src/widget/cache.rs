//! One bundle per address, shared by the widgets of a page: asked for once, read once, kept while somebody shows it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use stichwort_core::state::Feed;

use crate::element::Widget;
use crate::fetch::Stage;
use crate::page::{self, AbortController};
use crate::{later, mounted, parts};

thread_local! {
    static CACHE: RefCell<Cache> = const { RefCell::new(Cache { shown: Vec::new(), requests: Vec::new(), last_number: 0 }) };
}

struct Cache {
    /// What widgets show now.
    shown: Vec<(String, Weak<Feed>)>,
    requests: Vec<Rc<Request>>,
    /// Requests are numbered, so that a late answer is never taken for a newer one's.
    last_number: u32,
}

/// A bundle on its way. What is done with it is done while nothing of the cache is borrowed.
pub(crate) struct Request {
    number: u32,
    /// The address that was asked for.
    pub(crate) url: String,
    controller: AbortController,
    /// The first articles, as far as they have been looked at.
    pub(crate) preview: RefCell<Option<Rc<Feed>>>,
    /// What has been read, but while it is being worked on.
    pub(crate) stage: Cell<Option<Stage>>,
}

impl Request {
    /// The widgets that wait for it; with `or_failed` also those that have been told that it cannot be had.
    pub(crate) fn waiting(&self, or_failed: bool) -> Vec<Rc<Widget>> {
        mounted::all(&|widget| widget.wants(&self.url, or_failed))
    }

    /// Keeps what has been read so far. False if nobody waits for it any more.
    pub(crate) fn put(&self, stage: Stage) -> bool {
        self.stage.set(Some(stage));
        request(self.number).is_some()
    }

    #[inline(never)] // weighs less
    fn preview(&self) -> Option<Rc<Feed>> {
        self.preview.borrow().clone()
    }

    /// How many articles those who wait want to see first; `None` once they see enough.
    pub(crate) fn wanted(&self) -> Option<usize> {
        match self.preview() {
            None => self.waiting(false).iter().map(|widget| widget.page_size()).max(),
            Some(preview) => later::wanted(parts::later()?, self, &preview),
        }
    }

    /// Shows the first articles to those who wait.
    pub(crate) fn show(&self) {
        if let Some(feed) = self.preview() {
            self.waiting(false).iter().for_each(|widget| widget.arrive(feed.clone()));
        }
    }

    /// Ends the request; gives back the widgets that wait for it, as [`waiting`](Self::waiting) does.
    pub(crate) fn end(&self, or_failed: bool) -> Vec<Rc<Widget>> {
        let waiting = self.waiting(or_failed);
        CACHE.with_borrow_mut(|cache| cache.requests.retain(|request| request.number != self.number));
        waiting
    }

    /// Ends the request with a bundle, which those who wait are given.
    pub(crate) fn settle(&self, feed: Rc<Feed>) {
        let waiting = self.end(true);
        CACHE.with_borrow_mut(|cache| cache.shown.push((self.url.clone(), Rc::downgrade(&feed))));
        for widget in waiting {
            widget.load(feed.clone());
        }
    }
}

/// A request, unless it is over.
pub(crate) fn request(number: u32) -> Option<Rc<Request>> {
    CACHE.with_borrow(|cache| cache.requests.iter().find(|request| request.number == number).cloned())
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
    let (known, number) = CACHE.with_borrow_mut(|cache| {
        cache.last_number += 1;
        (cache.requests.iter().find(|request| request.url == url).cloned(), cache.last_number)
    });
    let request = known.unwrap_or_else(|| {
        let controller = page::request(number, url, revalidate);
        let (preview, stage) = (RefCell::default(), Cell::default());
        let request = Rc::new(Request { number, url: url.to_owned(), controller, preview, stage });
        CACHE.with_borrow_mut(|cache| cache.requests.push(request.clone()));
        request
    });
    if let Some(feed) = request.preview() {
        widget.arrive(feed);
    }
}

/// Gives up the requests that no widget waits for any more.
pub(crate) fn prune() {
    let mut unwanted = Vec::new();
    CACHE.with_borrow_mut(|cache| {
        cache.requests.retain(|request| {
            let is_wanted = !request.waiting(false).is_empty();
            if !is_wanted {
                unwanted.push(request.clone());
            }
            is_wanted
        });
    });
    for request in unwanted {
        request.controller.abort();
    }
}
