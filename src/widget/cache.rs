//! One bundle per address, shared by the widgets of a page: asked for once, read once, kept while somebody shows it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use stichwort_core::options;
use stichwort_core::state::{Feed, Msg};
use web_sys::AbortController;

use crate::element::Widget;
use crate::{fetch, loader};

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::default();
}

#[derive(Default)]
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
    let (begun, preview) = CACHE.with_borrow_mut(|cache| {
        let waiting = Rc::downgrade(widget);
        match cache.requests.iter_mut().find(|request| request.url == url) {
            Some(pending) => {
                if !pending.waiting.iter().any(|other| other.ptr_eq(&waiting)) {
                    pending.waiting.push(waiting);
                }
                (None, pending.preview.clone())
            }
            None => {
                let request = loader::get().request(url, revalidate);
                cache.last_number += 1;
                let number = cache.last_number;
                let (url, controller) = (url.to_owned(), request.controller());
                cache.requests.push(Pending { number, url, controller, waiting: vec![waiting], preview: None });
                (Some((number, request)), None)
            }
        }
    });
    if let Some((number, request)) = begun {
        let url = url.to_owned();
        wasm_bindgen_futures::spawn_local(async move {
            let result = fetch::read(&url, request, Progress { number }).await.map(Rc::new);
            for widget in settle(number, result.as_ref().ok()) {
                match &result {
                    Ok(feed) => widget.load(feed.clone()),
                    Err(failure) => drop(widget.handle(Msg::Failed(failure.clone()))),
                }
            }
        });
    }
    if let Some(feed) = preview {
        widget.arrive(feed);
    }
}

/// Where the reading of a bundle tells of its first articles.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    number: u32,
}

impl Progress {
    /// How many articles those who wait want to see first.
    pub(crate) fn wanted(self) -> usize {
        self.waiting(|_| {}).iter().map(|widget| widget.page_size()).max().unwrap_or(options::PAGE_SIZE)
    }

    /// Shows the first articles to those who wait, and to those who still come.
    pub(crate) fn show(self, feed: Rc<Feed>) {
        for widget in self.waiting(|pending| pending.preview = Some(feed.clone())) {
            widget.arrive(feed.clone());
        }
    }

    /// Who waits, after a change of what is kept of the request.
    fn waiting(self, change: impl FnOnce(&mut Pending)) -> Vec<Rc<Widget>> {
        CACHE.with_borrow_mut(|cache| {
            let pending = cache.requests.iter_mut().find(|pending| pending.number == self.number);
            pending.map_or_else(Vec::new, |pending| {
                change(pending);
                pending.waiting.iter().filter_map(|widget| is_waiting(widget, &pending.url)).collect()
            })
        })
    }
}

/// Gives up the requests that no widget waits for any more.
pub(crate) fn prune() {
    CACHE.with_borrow_mut(|cache| {
        cache.requests.retain(|pending| {
            let is_wanted = pending.waiting.iter().any(|widget| is_waiting(widget, &pending.url).is_some());
            if !is_wanted {
                pending.controller.abort();
            }
            is_wanted
        });
    });
}

/// Ends a request; who waits for its answer.
fn settle(number: u32, feed: Option<&Rc<Feed>>) -> Vec<Rc<Widget>> {
    CACHE.with_borrow_mut(|cache| {
        let Some(at) = cache.requests.iter().position(|pending| pending.number == number) else { return Vec::new() };
        let pending = cache.requests.remove(at);
        if let Some(feed) = feed {
            cache.shown.push((pending.url.clone(), Rc::downgrade(feed)));
        }
        pending.waiting.iter().filter_map(|widget| is_waiting(widget, &pending.url)).collect()
    })
}

fn is_waiting(widget: &Weak<Widget>, url: &str) -> Option<Rc<Widget>> {
    widget.upgrade().filter(|widget| widget.source().as_deref() == Some(url))
}
