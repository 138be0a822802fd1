//! Bundles that tests serve, and a naive reading of them to compare with.

use serde_json::{Value, json};
pub use stichwort_core::selection::Match;

/// Tags of [`typical`], the most frequent first.
pub const TAGS: [&str; 34] = [
    "Rathaus",
    "Digitale Souveränität",
    "OZG",
    "Kita und Schule",
    "Verkehr",
    "Haushalt",
    "Bürgerservice",
    "Klima",
    "Bauen",
    "Kultur",
    "Vergabe",
    "Sport",
    "Abfall",
    "Wohnen",
    "Wahlen",
    "Feuerwehr",
    "Personal",
    "Stadtwerke",
    "Friedhof",
    "Märkte",
    "Ehrenamt",
    "Integration",
    "Jugend",
    "Senioren",
    "Radwege",
    "Brücken",
    "Straßenbäume",
    "Bücherei",
    "Musikschule",
    "Datenschutz",
    "Katastrophenschutz",
    "Gleichstellung",
    "Partnerstädte",
    "Wochenmarkt",
];

const SUBJECTS: [&str; 10] = [
    "Neue Öffnungszeiten im Bürgerbüro",
    "Stadtrat berät über den Haushalt",
    "Sanierung der Grundschule beginnt",
    "Wohngeld lässt sich nun online beantragen",
    "Umleitung wegen Kanalarbeiten",
    "Freibad startet in die Saison",
    "Ausschreibung für das Archiv",
    "Ämter ziehen in das alte Postgebäude",
    "Bäume für den Schulhof",
    "Sprechstunde der Bürgermeisterin",
];
const PLACES: [&str; 6] =
    ["in der Altstadt", "am Hafen", "in Nordend", "an der Mühle", "im Westviertel", "auf dem Anger"];

/// Sixty articles of a town hall, newest first and declared so; the same every time.
#[must_use]
pub fn typical() -> Value {
    let mut seed = 20_191_125_u32;
    let mut next = |limit: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % limit
    };
    let items: Vec<Value> = (0..60)
        .map(|i| {
            // The product of two draws makes the first tags the frequent ones.
            let mut tags: Vec<&str> = Vec::new();
            for _ in 0..=1 + next(4) {
                let tag = TAGS[next(TAGS.len()) * next(TAGS.len()) / TAGS.len()];
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
            // Every tag occurs, however unlucky the draw.
            let sure = TAGS[i % TAGS.len()];
            if !tags.contains(&sure) {
                tags.push(sure);
            }
            let (day, month, year) = (28 - (i % 4) * 7, 12 - (i / 4) % 12, 2025 - (i / 4) / 12);
            json!({
                "id": format!("a{i}"),
                "url": format!("https://amt.example/artikel/{i}"),
                "title": format!("{} {}", SUBJECTS[i % SUBJECTS.len()], PLACES[i / SUBJECTS.len()]),
                "summary": format!("Die Verwaltung informiert unter der Nummer {i} über das Vorhaben und \
                    nennt Termine, Kosten und Ansprechpersonen."),
                "date_published": format!("{year}-{month:02}-{day:02}T08:30:00+01:00"),
                "authors": [{"name": (["ve", "kb", "Presseamt"])[i % 3]}],
                "tags": tags,
                "_stichwort": {"kicker": (["Rathaus", "Stadtrat", "Ortsteile"])[i % 3]},
            })
        })
        .collect();
    feed(items)
}

/// The same with addresses that are relative to the bundle.
#[must_use]
pub fn relative() -> Value {
    let mut bundle = typical();
    for (i, item) in bundle["items"].as_array_mut().into_iter().flatten().enumerate() {
        item["url"] = json!(format!("artikel/{i}"));
    }
    bundle
}

/// A bundle of these items, declared newest first.
#[must_use]
pub fn feed(items: Vec<Value>) -> Value {
    // Keys are written sorted, so `_stichwort` stands before `items`, as it has to.
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Meldungen der Stadt Musterfurt",
        "home_page_url": "https://amt.example/meldungen",
        "language": "de",
        "_stichwort": {"order": "newest"},
        "items": items,
    })
}

/// A bundle of these items that says nothing about its order.
#[must_use]
pub fn unordered(items: Vec<Value>) -> Value {
    let mut bundle = feed(items);
    if let Some(top) = bundle.as_object_mut() {
        top.remove("_stichwort");
    }
    bundle
}

/// An article with an id, which makes its title and address, a date and tags.
#[must_use]
pub fn article(id: &str, date: &str, tags: &[&str]) -> Value {
    json!({
        "id": id,
        "url": format!("artikel/{id}"),
        "title": format!("Meldung {id}"),
        "content_text": "Das Amt teilt mit.",
        "date_published": date,
        "tags": tags,
    })
}

/// How many articles of a bundle match, counted one by one.
#[must_use]
pub fn matches(bundle: &Value, chosen: &[&str], how: Match) -> usize {
    articles(bundle).filter(|item| fits(item, chosen, how)).count()
}

/// How many articles a tag promises while others are chosen: with `all`, those that it
/// would leave; with `any`, those that have it, since it widens the result.
#[must_use]
pub fn promised(bundle: &Value, chosen: &[&str], tag: &str, how: Match) -> usize {
    let fits_others = |item: &Value| how == Match::Any || fits(item, chosen, how);
    articles(bundle).filter(|item| has(item, tag) && fits_others(item)).count()
}

/// The headlines of the articles that match, in the bundle's order.
#[must_use]
pub fn headlines(bundle: &Value, chosen: &[&str], how: Match) -> Vec<String> {
    articles(bundle)
        .filter(|item| fits(item, chosen, how))
        .map(|item| item["title"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn articles(bundle: &Value) -> impl Iterator<Item = &Value> {
    bundle["items"].as_array().into_iter().flatten()
}

fn fits(item: &Value, chosen: &[&str], how: Match) -> bool {
    match how {
        Match::All => chosen.iter().all(|tag| has(item, tag)),
        Match::Any => chosen.is_empty() || chosen.iter().any(|tag| has(item, tag)),
    }
}

fn has(item: &Value, tag: &str) -> bool {
    item["tags"].as_array().into_iter().flatten().any(|found| found == tag)
}
