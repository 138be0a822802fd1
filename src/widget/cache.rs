//! One bundle per address, shared by the widgets of a page: asked for once, read once, kept while somebody shows it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use stichwort_core::state::Feed;

use crate::element::Widget;
use crate::fetch::{self, HAS_FIRST, Stage};
use crate::page::{self, AbortController};
use crate::{later, mounted, parts};

thread_local! {
    static REQUESTS: RefCell<Vec<Rc<Request>>> = const { RefCell::new(Vec::new()) };
    /// Requests are numbered, so that a late answer is never taken for a newer one's.
    static LAST_NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// A bundle on its way. What is done with it is done while the list of requests is not borrowed.
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
            None => {
                let mut most = None;
                for widget in self.waiting(false) {
                    most = most.max(Some(widget.page_size()));
                }
                most
            }
            Some(preview) => later::wanted(parts::later()?, self, &preview),
        }
    }

    /// Shows the first articles to those who wait.
    pub(crate) fn show(&self) {
        if let Some(feed) = self.preview() {
            self.waiting(false).iter().for_each(|widget| widget.arrive(feed.clone()));
        }
    }

    /// Whether its bytes are still coming in. Of what is being completed nothing can be read any more: `push` ends it.
    fn is_being_read(&self) -> bool {
        let stage = self.stage.take();
        let is_being_read = matches!(stage, Some(Stage::Reading(_)));
        self.stage.set(stage);
        is_being_read
    }

    /// Ends the request; gives back the widgets that wait for it, as [`waiting`](Self::waiting) does.
    pub(crate) fn end(&self, or_failed: bool) -> Vec<Rc<Widget>> {
        let waiting = self.waiting(or_failed);
        REQUESTS.with_borrow_mut(|all| {
            if let Some(at) = all.iter().position(|request| request.number == self.number) {
                all.swap_remove(at);
            }
        });
        waiting
    }

    /// Ends the request with a bundle, which those who wait are given.
    pub(crate) fn settle(&self, feed: Rc<Feed>) {
        for widget in self.end(true) {
            widget.load(feed.clone());
        }
    }
}

/// A request, unless it is over.
pub(crate) fn request(number: u32) -> Option<Rc<Request>> {
    find(&|request| request.number == number)
}

fn find(is_wanted: &dyn Fn(&Request) -> bool) -> Option<Rc<Request>> {
    REQUESTS.with_borrow(|all| all.iter().find(|request| is_wanted(request)).cloned())
}

/// Answers `widget` with the bundle at `url`: at once if a widget shows it, else when it has come. One that waits for its
/// words shows nothing yet: what it has is asked for once more.
pub(crate) fn load(url: &str, revalidate: bool, widget: &Rc<Widget>) {
    for other in mounted::all(&|_| true) {
        if let Some(feed) = other.feed_of(url) {
            return widget.load(feed);
        }
    }
    let request = find(&|request| request.url == url).unwrap_or_else(|| {
        let number = LAST_NUMBER.get() + 1;
        LAST_NUMBER.set(number);
        let controller = page::request(number, url, revalidate);
        let (preview, stage) = (RefCell::default(), Cell::default());
        let request = Rc::new(Request { number, url: url.to_owned(), controller, preview, stage });
        REQUESTS.with_borrow_mut(|all| all.push(request.clone()));
        request
    });
    if let Some(feed) = request.preview() {
        widget.arrive(feed);
    }
}

/// Shows those who wait what is known of each bundle, once more, and looks at more of what has come for who is short of it.
pub(crate) fn show() {
    for request in REQUESTS.with_borrow(Vec::clone) {
        request.show();
        while request.is_being_read() && fetch::push(request.number, &[]) == HAS_FIRST {
            request.show();
        }
    }
}

/// Gives up the requests that no widget waits for any more.
pub(crate) fn prune() {
    while let Some(request) = find(&|request| request.waiting(false).is_empty()) {
        request.end(false);
        request.controller.abort();
    }
}
