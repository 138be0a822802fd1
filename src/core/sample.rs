//! Bundles of any size, made up but always the same: for docs, tests and measurements.
//!
//! The articles are what municipal portals publish about administration and
//! its IT: few tags are frequent and many are rare, leads differ in length,
//! dates go back ten years.
//!
//! ```
//! let mut bundle = String::new();
//! stichwort_core::sample::bundle(3, &mut |text| bundle.push_str(text));
//! assert!(bundle.starts_with(r#"{"version":"https://jsonfeed.org/version/1.1""#));
//! assert_eq!(bundle.matches(r#""date_published":"#).count(), 3);
//! ```
//!
//! A smaller bundle is not the beginning of a larger one: both cover the same ten years.

use std::ops::Range;

use crate::date::Day;
use crate::json::write_string;

/// Writes a bundle of so many articles, newest first, piece by piece.
pub fn bundle(articles: usize, write: &mut dyn FnMut(&str)) {
    write(HEAD);
    let mut random = Random(SEED);
    let weights = Weights::new(TAGS.len());
    // Office minutes, counted backwards. One article falls into each of as many equal spans.
    let minutes = DAYS * OFFICE_MINUTES;
    let mut text = String::new();
    for index in 0..articles as u64 {
        let border = |index: u64| minutes * index / articles as u64;
        let span = border(index + 1) - border(index);
        let minute = border(index) + random.below(span.max(1));
        text.clear();
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        article(articles as u64 - index, minute, &weights, &mut random, &mut text);
        write(&text);
    }
    write("\n]}\n");
}

const HEAD: &str = concat!(
    r#"{"version":"https://jsonfeed.org/version/1.1","title":"Meldungen aus Verwaltung und IT","#,
    r#""home_page_url":"https://portal.example/","language":"de","_stichwort":{"order":"newest"},"items":["#
);

fn article(number: u64, minute: u64, weights: &Weights, random: &mut Random, out: &mut String) {
    let facts = Facts::draw(random);
    let url = format!("https://portal.example/meldung/{number}");
    member(out, "{", "id", &url);
    member(out, ",", "url", &url);
    member(out, ",", "title", &facts.fill(random.pick(&HEADLINES)));
    member(out, ",", "summary", &lead(&facts, random));
    member(out, ",", "date_published", &date(minute));
    out.push_str(r#","authors":["#);
    member(out, "{", "name", random.pick(&AUTHORS));
    out.push_str(r#"}],"tags":["#);
    let mut tags = Vec::new();
    let wanted = 1 + random.below(MOST_TAGS) as usize;
    while tags.len() < wanted {
        let tag = weights.draw(random);
        if !tags.contains(&tag) {
            out.push_str(if tags.is_empty() { "" } else { "," });
            write_string(out, TAGS[tag]);
            tags.push(tag);
        }
    }
    out.push(']');
    // Some have none, as in every portal.
    if random.below(10) > 0 {
        out.push_str(r#","_stichwort":"#);
        member(out, "{", "kicker", random.pick(&KICKERS));
        out.push('}');
    }
    out.push('}');
}

/// Whole sentences of 150 to 350 characters.
fn lead(facts: &Facts, random: &mut Random) -> String {
    let least = 150 + random.below(120) as usize;
    loop {
        let mut lead = facts.fill(random.pick(&FIRST));
        let mut used = Vec::new();
        while lead.chars().count() < least {
            let next = random.below(NEXT.len() as u64) as usize;
            if !used.contains(&next) {
                used.push(next);
                lead.push(' ');
                lead.push_str(&facts.fill(NEXT[next]));
            }
        }
        if lead.chars().count() <= 350 {
            return lead;
        }
    }
}

/// What one article is about; the same in its headline and in its lead.
struct Facts {
    town: &'static str,
    office: &'static str,
    subject: &'static str,
    number: u64,
    percent: u64,
    months: u64,
}

impl Facts {
    fn draw(random: &mut Random) -> Self {
        Self {
            town: random.pick(&TAGS[TOWNS]),
            office: random.pick(&OFFICES),
            subject: random.pick(&SUBJECTS),
            number: 3 + random.below(240),
            percent: 11 + random.below(80),
            months: 3 + random.below(22),
        }
    }

    /// Puts the facts into a phrase: `{T}` town, `{O}` office and `{S}` subject
    /// (both feminine, so that nominative and accusative are one), and numbers.
    fn fill(&self, phrase: &str) -> String {
        let filled = phrase
            .replace("{T}", self.town)
            .replace("{O}", self.office)
            .replace("{S}", self.subject)
            .replace("{N}", &self.number.to_string())
            .replace("{P}", &self.percent.to_string())
            .replace("{M}", &self.months.to_string());
        let mut letters = filled.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    }
}

/// A moment in local time, so many office minutes before the end of the newest day.
fn date(minute: u64) -> String {
    let days = NEWEST_DAY - minute / OFFICE_MINUTES;
    let of_day = OFFICE_OPENS + OFFICE_MINUTES - 1 - minute % OFFICE_MINUTES;
    let day = Day::of_number(days as i32);
    let (hour, minute) = (of_day / 60, of_day % 60);
    let offset = if is_summer(days, day) { 2 } else { 1 };
    format!("{}T{hour:02}:{minute:02}:00+0{offset}:00", day.text())
}

/// Central European summer time: from the last Sunday of March to that of October.
fn is_summer(days: u64, day: Day) -> bool {
    match day.month {
        4..=9 => true,
        3 | 10 => {
            // 1970-01-01 was a Thursday.
            let weekday = (days + 4) % 7;
            let last_sunday_is_past = u64::from(day.day) > 24 + weekday;
            last_sunday_is_past == (day.month == 3)
        }
        _ => false,
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Less than `end`, which is not 0 and small enough for the bias not to matter.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn pick(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len() as u64) as usize]
    }
}

/// Zipf's law in whole numbers: the n-th tag weighs 1/n of the first.
struct Weights(Vec<u64>);

impl Weights {
    fn new(tags: usize) -> Self {
        let mut sum = 0;
        Self(
            (1..=tags as u64)
                .map(|n| {
                    sum += 1_000_000 / n;
                    sum
                })
                .collect(),
        )
    }

    /// The index of a tag; ranks are scattered over the list, so that some towns are frequent.
    fn draw(&self, random: &mut Random) -> usize {
        let end = self.0.last().copied().unwrap_or(1);
        let at = random.below(end);
        let rank = self.0.partition_point(|&sum| sum <= at);
        rank * SCATTER % self.0.len()
    }
}

/// Writes `"name":"value"` after `before`.
fn member(out: &mut String, before: &str, name: &str, value: &str) {
    out.push_str(before);
    write_string(out, name);
    out.push(':');
    write_string(out, value);
}

/// Any number; this one spells "stichwor" in ASCII.
const SEED: u64 = 0x7374_6963_6877_6F72;
const MOST_TAGS: u64 = 8;
/// 2026-11-20, in days since 1970-01-01.
const NEWEST_DAY: u64 = 20_777;
/// Ten years.
const DAYS: u64 = 3_652;
/// Minutes after midnight at which the first article of a day may appear.
const OFFICE_OPENS: u64 = 7 * 60;
/// From 7:00 to 17:59.
const OFFICE_MINUTES: u64 = 11 * 60;
/// Has no divisor in common with the number of tags.
const SCATTER: usize = 37;
/// Where the towns stand among the tags.
const TOWNS: Range<usize> = 120..193;

const AUTHORS: [&str; 24] = [
    "ve", "jk", "ahe", "mr", "sb", "tw", "cl", "dpa", "red", "fn", "gö", "hz", "ik", "lm", "no", "pt", "kb", "ru",
    "sch", "uw", "vz", "wi", "yi", "zm",
];

const KICKERS: [&str; 32] = [
    "Vitako",
    "OZG",
    "Digitale Verwaltung",
    "E-Akte",
    "IT-Sicherheit",
    "Open Source",
    "Smart City",
    "Breitband",
    "Bürgerservice",
    "Haushalt",
    "Personal",
    "Schule digital",
    "Registermodernisierung",
    "Cloud",
    "Künstliche Intelligenz",
    "Mobilität",
    "Geodaten",
    "Datenschutz",
    "Interview",
    "Kommentar",
    "Vergabe",
    "Fachkongress",
    "Studie",
    "Aus den Ländern",
    "Kommunale IT",
    "Barrierefreiheit",
    "Katastrophenschutz",
    "Gesundheitsamt",
    "Finanzen",
    "Bauen",
    "Wahlen",
    "„Zur Sache“",
];

/// Each is feminine, so that its nominative is its accusative.
const OFFICES: [&str; 24] = [
    "die Stadtverwaltung",
    "die Kreisverwaltung",
    "die Gemeindeverwaltung",
    "die Landesregierung",
    "die Stadtkämmerei",
    "die Ausländerbehörde",
    "die Bauaufsicht",
    "die Wohngeldstelle",
    "die Kfz-Zulassungsstelle",
    "die Stadtbibliothek",
    "die Volkshochschule",
    "die Feuerwehr",
    "die Verkehrsbehörde",
    "die Schulverwaltung",
    "die Personalabteilung",
    "die IT-Abteilung",
    "die Vergabestelle",
    "die Meldebehörde",
    "die Bezirksregierung",
    "die Verbandsgemeinde",
    "die Samtgemeinde",
    "die Umweltbehörde",
    "die Sozialverwaltung",
    "die Wirtschaftsförderung",
];

/// Likewise.
const SUBJECTS: [&str; 32] = [
    "die elektronische Akte",
    "die digitale Bauakte",
    "die Wohngeld-App",
    "die Online-Anmeldung",
    "die neue Serviceplattform",
    "die Bezahlfunktion",
    "die digitale Poststelle",
    "die Cloud-Lösung",
    "die Videoberatung",
    "die Terminvergabe",
    "die E-Rechnung",
    "die Schulplattform",
    "die zentrale Datendrehscheibe",
    "die Sensorik im Straßennetz",
    "die Notfallplanung",
    "die quelloffene Bürosoftware",
    "die Bürgerbeteiligung",
    "die digitale Gewerbeanmeldung",
    "die Verwaltungssuche",
    "die Wissensdatenbank",
    "die Identitätsprüfung",
    "die Ratsinformation",
    "die elektronische Vergabe",
    "die Geodatenplattform",
    "die neue Telefonanlage",
    "die Kita-Vormerkung",
    "die Sprachassistenz",
    "die Schnittstelle zum Melderegister",
    "die digitale Parkraumkontrolle",
    "die Ende-zu-Ende-Verschlüsselung",
    "die Personalplanung",
    "die App \"Rathaus mobil\"",
];

const HEADLINES: [&str; 40] = [
    "{T} startet die nächste Stufe der Digitalisierung",
    "Wie {O} in {T} Papier spart",
    "{S} geht in {T} in Betrieb",
    "{T} erprobt {S}",
    "{S} kommt nach {T}",
    "{N} Kommunen folgen dem Beispiel von {T}",
    "{T} setzt auf {S}",
    "Ein Jahr {N}-Punkte-Plan in {T}",
    "Was {S} in {T} verändert hat",
    "{T} verschiebt den Umstieg um {M} Monate",
    "{P} Prozent der Anträge in {T} kommen online",
    "{T} und Umland gründen IT-Zweckverband",
    "Mitgliederversammlung in {T}",
    "Warum {T} bei der Software umdenkt",
    "Land fördert {S} in {T}",
    "Für wen lohnt sich {S}? Erfahrungen aus {T}",
    "{T}: {N} neue Ladepunkte, ein Tarif",
    "Rat der Stadt {T} beschließt Digitalstrategie",
    "{T} übt den Ernstfall",
    "Nach dem Angriff: Was {T} gelernt hat",
    "{T} öffnet seine Daten",
    "Mehr Zeit für Beratung: {S} in {T}",
    "{T} gewinnt Preis für gute Verwaltung",
    "Ausgezeichnet: {S} aus {T}",
    "{N} Stellen, {M} Monate: So sucht {T} IT-Fachkräfte",
    "Kein Fax mehr in {T}",
    "Glasfaser für {N} Schulen rund um {T}",
    "{T} testet KI in der Aktenablage",
    "Streit um {S} in {T}",
    "Bund prüft, {T} macht",
    "{S}: Die Bilanz aus {T}",
    "Haushalt {T}: Wo {N} Millionen Euro hingehen",
    "{T} schult {N} Beschäftigte",
    "So einfach wird {S} in {T}",
    "Offener Brief aus {T} zur Registermodernisierung",
    "Zu Gast in {T}: {N} Fachleute, eine Frage",
    "{T} wechselt das Rechenzentrum",
    "Barrierefrei bis zum Jahresende: {T} legt Plan vor",
    "„Einfach machen“: Ein Besuch in {T}",
    "Wahlabend in {T}: Ergebnisse in Echtzeit",
];

const FIRST: [&str; 28] = [
    "In {T} hat {O} in dieser Woche {S} vorgestellt.",
    "Seit Montag ist {S} in {T} für alle Einwohnerinnen und Einwohner erreichbar.",
    "Nach {M} Monaten Vorbereitung nimmt {T} einen großen Teil der Anträge elektronisch entgegen.",
    "Wer in {T} einen Antrag stellt, kommt künftig ohne Papier und ohne Anfahrt aus.",
    "Der Rat von {T} hat nach langer Debatte mehr Geld für die Modernisierung der Verwaltung bewilligt.",
    "Mit {N} weiteren Kommunen will {T} Software gemeinsam beschaffen und betreiben.",
    "In {T} testet {O} ein Verfahren, das Eingaben prüft, bevor sie abgeschickt werden.",
    "Fehlende Fachkräfte, knappe Kassen und neue Gesetze: {T} muss bei der IT Prioritäten setzen.",
    "Ein Sicherheitsvorfall hat {T} vor Augen geführt, wie abhängig der Alltag von der Technik ist.",
    "Was als Versuch mit {N} Haushalten begann, wird in {T} nun zum Regelbetrieb.",
    "Für {P} Prozent der Befragten in {T} ist die Wartezeit der wichtigste Grund zur Klage.",
    "In {T} trafen sich {N} Fachleute aus Bund, Ländern und Kommunen zum Austausch.",
    "Das Land unterstützt {T} in den kommenden {M} Monaten beim Umbau der internen Abläufe.",
    "Statt eines weiteren Portals baut {T} auf Bausteine, die andere Kommunen schon erprobt haben.",
    "Bis zum Ende des kommenden Jahres will {T} alle Leistungen in einfacher Sprache beschreiben.",
    "In {T} wird {S} Schritt für Schritt eingeführt, zuerst in {N} Dienststellen.",
    "Nach Kritik aus der Bürgerschaft bessert {O} in {T} nach.",
    "Ein Gutachten bescheinigt {T} Fortschritte, nennt aber auch {N} offene Punkte.",
    "Gemeinsam mit einer Hochschule untersucht {T}, wie sich Formulare vereinfachen lassen.",
    "Die ersten Zahlen liegen vor: {P} Prozent der Vorgänge in {T} laufen ohne Medienbruch.",
    "Für den Umstieg auf offene Formate hat sich {T} eine Frist von {M} Monaten gesetzt.",
    "In {T} kann {O} Bescheide jetzt rechtssicher in das Servicekonto zustellen.",
    "Über {N} Hinweise aus der Bevölkerung sind in {T} zur neuen Strategie eingegangen.",
    "Das Rechenzentrum in {T} versorgt von Januar an auch die Nachbarkreise.",
    "Mit einem offenen Datenkatalog macht {T} Haushalt, Verkehr und Umwelt nachvollziehbar.",
    "An allen Schulen in {T} wird die Betreuung der Geräte neu geregelt.",
    "In {T} haben Auszubildende eine Anwendung entwickelt, die Sitzungen vorbereitet.",
    "Vom Stadtarchiv bis zur Kämmerei: In {T} arbeiten nun alle Bereiche mit denselben Akten.",
];

const NEXT: [&str; 32] = [
    "Der Betrieb soll {N}.000 Euro im Jahr kosten.",
    "Die Bearbeitungszeit sank dadurch um {P} Prozent.",
    "Andere Kommunen können die Lösung kostenfrei nachnutzen.",
    "Der Quelltext steht unter einer offenen Lizenz.",
    "Wer lieber persönlich vorspricht, behält diese Möglichkeit.",
    "Der Datenschutzbeauftragte war von Anfang an beteiligt.",
    "Die Beschäftigten wurden an {M} Tagen geschult.",
    "Eine erste Auswertung ist in {M} Monaten vorgesehen.",
    "Kritik kommt vom Personalrat, der mehr Zeit für die Umstellung fordert.",
    "Nach Angaben der Projektleitung ist das Ziel damit zur Hälfte erreicht.",
    "Möglich wurde das durch eine Zusammenarbeit über Ländergrenzen hinweg.",
    "Die Daten bleiben in einem öffentlichen Rechenzentrum.",
    "Der Verband begrüßt das Vorhaben und mahnt zugleich einheitliche Standards an.",
    "Zuvor hatte ein Pilot mit {N} Nutzenden überwiegend gute Noten erhalten.",
    "Im nächsten Schritt folgt die Anbindung an das Registernetz.",
    "Auch die Umlandgemeinden sollen davon profitieren.",
    "Ob das Geld reicht, entscheidet sich in den Haushaltsberatungen.",
    "Besonders gefragt ist das Angebot am Abend und am Wochenende.",
    "Für Menschen mit Behinderungen gibt es eine eigene Beratung.",
    "Ein Leitfaden fasst die Erfahrungen auf {N} Seiten zusammen.",
    "Die Opposition spricht von einem „überfälligen Schritt“.",
    "Offen ist noch, wer den Betrieb nach der Förderung übernimmt.",
    "Bislang mussten dafür {M} Formulare ausgefüllt werden.",
    "Ein Termin vor Ort ist nur noch in Ausnahmefällen nötig.",
    "Die Einführung begleitet ein Beirat aus Verwaltung, Wissenschaft und Zivilgesellschaft.",
    "Rückfragen beantwortet ein Team, das auch abends erreichbar ist.",
    "Verglichen mit dem Vorjahr hat sich die Nutzung verdoppelt.",
    "Das Vorhaben gilt als Baustein der digitalen Souveränität.",
    "Gescheitert war ein früherer Anlauf an fehlenden Schnittstellen.",
    "Beim Testlauf fielen {M} Fehler auf, die inzwischen behoben sind.",
    "Die Ergebnisse werden öffentlich vorgestellt.",
    "Die Landesdatenschutzbehörde hat keine Einwände.",
];

/// Topics first, then towns and Länder.
const TAGS: [&str; 200] = [
    "OZG",
    "Politik",
    "Digitale Souveränität",
    "IT-Sicherheit",
    "E-Government",
    "Open Source",
    "Vitako",
    "Smart City",
    "Cloud",
    "Datenschutz",
    "Künstliche Intelligenz",
    "E-Akte",
    "Breitband",
    "Open Data",
    "Personal",
    "Finanzen",
    "Vergabe",
    "Barrierefreiheit",
    "Registermodernisierung",
    "Portale",
    "Bürgerkonto",
    "E-Payment",
    "E-Rechnung",
    "Geodaten",
    "Mobilität",
    "Schule",
    "Kita",
    "Gesundheit",
    "Katastrophenschutz",
    "Wahlen",
    "Bauen",
    "Digitaler Bauantrag",
    "Wohngeld",
    "Kfz-Wesen",
    "Meldewesen",
    "Ausländerwesen",
    "Gewerbe",
    "Soziales",
    "Jugend",
    "Kultur",
    "Bibliotheken",
    "Archive",
    "Umwelt",
    "Klimaschutz",
    "Energie",
    "Abfallwirtschaft",
    "Wasser",
    "Verkehr",
    "Parken",
    "ÖPNV",
    "Ladeinfrastruktur",
    "Glasfaser",
    "5G",
    "WLAN",
    "LoRaWAN",
    "Sensorik",
    "Digitaler Zwilling",
    "BIM",
    "Rechenzentrum",
    "Outsourcing",
    "Zweckverband",
    "Interkommunale Zusammenarbeit",
    "Bund, Länder und Kommunen",
    "IT-Planungsrat",
    "FITKO",
    "BSI",
    "BMI",
    "KGSt",
    "Städtetag",
    "Landkreistag",
    "Städte- und Gemeindebund",
    "EU",
    "Once Only",
    "eIDAS",
    "Online-Ausweis",
    "Elster",
    "Unternehmenskonto",
    "Signatur",
    "De-Mail",
    "Verschlüsselung",
    "Notfallmanagement",
    "Ransomware",
    "Informationssicherheit",
    "Grundschutz",
    "Fachverfahren",
    "Schnittstellen",
    "XÖV",
    "Standards",
    "Low Code",
    "Agile Methoden",
    "Prozesse",
    "Change Management",
    "Weiterbildung",
    "Ausbildung",
    "Homeoffice",
    "Videokonferenz",
    "Bürosoftware",
    "Linux",
    "Dokumentenmanagement",
    "Archivierung",
    "Posteingang",
    "Robotik",
    "Chatbots",
    "Sprachmodelle",
    "Blockchain",
    "Ratsinformation",
    "Bürgerbeteiligung",
    "Bürgerservice",
    "Terminvergabe",
    "Servicetelefon 115",
    "Leichte Sprache",
    "Ehrenamt",
    "Tourismus",
    "Stadtmarketing",
    "Feuerwehr",
    "Rettungsdienst",
    "Polizei",
    "Justiz",
    "§ 2b UStG",
    "Doppik",
    // Towns and Länder.
    "Bremen",
    "Hamburg",
    "Berlin",
    "München",
    "Köln",
    "Frankfurt am Main",
    "Stuttgart",
    "Düsseldorf",
    "Leipzig",
    "Dortmund",
    "Essen",
    "Dresden",
    "Hannover",
    "Nürnberg",
    "Duisburg",
    "Bochum",
    "Wuppertal",
    "Bielefeld",
    "Bonn",
    "Münster",
    "Mannheim",
    "Karlsruhe",
    "Augsburg",
    "Wiesbaden",
    "Mönchengladbach",
    "Gelsenkirchen",
    "Aachen",
    "Braunschweig",
    "Kiel",
    "Chemnitz",
    "Magdeburg",
    "Freiburg im Breisgau",
    "Krefeld",
    "Halle (Saale)",
    "Mainz",
    "Erfurt",
    "Lübeck",
    "Oberhausen",
    "Rostock",
    "Kassel",
    "Hagen",
    "Potsdam",
    "Saarbrücken",
    "Hamm",
    "Ludwigshafen",
    "Oldenburg",
    "Osnabrück",
    "Leverkusen",
    "Heidelberg",
    "Darmstadt",
    "Solingen",
    "Regensburg",
    "Paderborn",
    "Ingolstadt",
    "Würzburg",
    "Fürth",
    "Ulm",
    "Heilbronn",
    "Pforzheim",
    "Wolfsburg",
    "Göttingen",
    "Reutlingen",
    "Koblenz",
    "Bremerhaven",
    "Jena",
    "Trier",
    "Erlangen",
    "Cottbus",
    "Siegen",
    "Hildesheim",
    "Gütersloh",
    "Schwerin",
    "Flensburg",
    "Bayern",
    "Hessen",
    "Sachsen",
    "Thüringen",
    "Brandenburg",
    "Schleswig-Holstein",
    "Niedersachsen",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::Value;

    use super::*;

    fn text(articles: usize) -> String {
        let mut text = String::new();
        bundle(articles, &mut |piece| text.push_str(piece));
        text
    }

    #[test]
    fn it_is_json_of_the_promised_shape() {
        let bundle: Value = serde_json::from_str(&text(2000)).unwrap();
        let items = bundle["items"].as_array().unwrap();
        assert_eq!(items.len(), 2000);
        let mut previous = String::from("2026-11-21");
        for item in items {
            let lead = item["summary"].as_str().unwrap();
            assert!((150..=350).contains(&lead.chars().count()), "{lead}");
            for member in ["title", "summary"] {
                assert!(!item[member].as_str().unwrap().contains(['{', '}']), "{item}");
            }
            let tags: HashSet<&str> =
                item["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
            assert_eq!(tags.len(), item["tags"].as_array().unwrap().len());
            assert!((1..=8).contains(&tags.len()));
            let date = item["date_published"].as_str().unwrap();
            assert!(date < &*previous && date > "2016-11-19", "{date} after {previous}");
            previous = date.to_owned();
        }
    }

    #[test]
    fn it_says_its_order_before_its_items() {
        let text = text(1);
        assert!(text.find("\"order\":\"newest\"") < text.find("\"items\""));
    }

    #[test]
    fn it_is_always_the_same_and_may_be_empty() {
        assert_eq!(text(50), text(50));
        assert_eq!(serde_json::from_str::<Value>(&text(0)).unwrap()["items"], serde_json::json!([]));
    }

    #[test]
    fn every_tag_occurs_and_few_are_frequent() {
        assert_eq!(TAGS.iter().collect::<HashSet<_>>().len(), TAGS.len());
        let text = text(5000);
        let count = |tag: &str| {
            let mut quoted = String::new();
            write_string(&mut quoted, tag);
            text.matches(&*quoted).count()
        };
        let mut counts: Vec<usize> = TAGS.iter().map(|tag| count(tag)).collect();
        counts.sort_unstable();
        assert!(counts[0] > 0);
        assert!(counts[199] > 10 * counts[100], "{counts:?}");
    }

    #[test]
    fn dates_know_leap_days_and_summer_time() {
        assert_eq!(date(0), "2026-11-20T17:59:00+01:00");
        assert_eq!(date(OFFICE_MINUTES - 1), "2026-11-20T07:00:00+01:00");
        let day = |days_before: u64| date(days_before * OFFICE_MINUTES);
        // The last Sunday of October 2026 is the 25th, that of March the 29th.
        assert_eq!(day(26), "2026-10-25T17:59:00+01:00");
        assert_eq!(day(27), "2026-10-24T17:59:00+02:00");
        assert_eq!(day(236), "2026-03-29T17:59:00+02:00");
        assert_eq!(day(237), "2026-03-28T17:59:00+01:00");
        assert_eq!(day(995), "2024-02-29T17:59:00+01:00");
    }
}
