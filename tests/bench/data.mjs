// Bundles of German-like news text, the same for all contenders and on every machine.
//   node data.mjs [100 1000 10000 100000] [--pagefind] [--force]
// Writes data/N.json, data/N.json.br (brotli 11) and data/N.answers.json (what the contenders have to show), and
// data/N.unread.json and its .br for the control `unread`;
// with --pagefind also Pagefind's index, data/pagefind-N/.
//
// Why not `cargo xtask sample`: its few sentences compress 13:1 by brotli at 10,000 articles, these 7.5:1, and real
// news still worse. Bytes on the wire are half of what is measured here.
import { mkdirSync, writeFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answers } from './lib/reference.mjs';
import { brotli } from './server.mjs';

const DIR = new URL('./data/', import.meta.url);
/** How many tags there are at each size. */
const VOCAB = { 100: 40, 1000: 200, 10000: 800, 100000: 2000 };
const SEED = 20240229;

// ---- seeded PRNG (mulberry32) ------------------------------------------------------------------
function prng(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// ---- vocabulary ----------------------------------------------------------------------------------
const w = (s) => s.trim().split(/\s*[,\n]\s*/).filter(Boolean);
const TAG_HEAD = w(`Digitalisierung, E-Government, IT-Sicherheit, Open Source, Künstliche Intelligenz, Breitbandausbau,
 Smart City, OZG, E-Akte, Cloud, Datenschutz, Bürgerservice, Personal, Finanzen, Registermodernisierung, Schul-IT,
 Geodaten, Glasfaser, Verwaltungscloud, Online-Dienste, Mobilität, Vergabe, Fachverfahren, Digitale Souveränität,
 Barrierefreiheit, Rechenzentrum, Open Data, Ausländerbehörde, Kfz-Zulassung, Bauamt, Standesamt, Meldewesen,
 Straßenverkehr, Sozialamt, Jugendamt, Haushalt, Energie, Klimaschutz, Feuerwehr, Wahlen`);
const PRE = w(`Bürger, Verwaltungs, Kommunal, Landes, Stadt, Kreis, Gemeinde, Behörden, Daten, Digital, Netz, Cloud,
 Schul, Bau, Verkehrs, Energie, Gesundheits, Sozial, Jugend, Wahl, Melde, Melderegister, Haushalts, Finanz, Steuer,
 Personal, Fach, Online, Register, Ausweis, Identitäts, Straßen, Grundstücks, Geo, Kataster, Umwelt, Klima, Wasser,
 Abfall, Feuerwehr, Rettungs, Krisen, Sicherheits, Notfall, Glasfaser, Breitband, Mobilfunk, Funk, Server, Software,
 Vergabe, Beschaffungs, Vertrags, Archiv, Akten, Dokumenten, Prozess, Projekt, Innovations, Bildungs, Kultur, Tourismus`);
const SUF = w(`portal, plattform, dienste, service, strategie, gesetz, verordnung, projekt, management, netz, register,
 infrastruktur, software, sicherheit, schutz, standard, schnittstelle, amt, verbund, zentrum, labor, förderung, recht,
 konzept, berichte, planung, steuerung, analyse, modell, system, verfahren, qualität, karte, konto, beirat, büro,
 ausbau, betrieb, umstellung, modernisierung`);
const CITIES = w(`Köln, Dresden, Münster, Göttingen, Nürnberg, Lübeck, Osnabrück, Tübingen, Würzburg, Saarbrücken, Leipzig,
 Kassel, Mönchengladbach, Düsseldorf, Gießen, Fürth, Hof, Bayreuth, Rostock, Schwerin, Magdeburg, Halle, Jena, Erfurt,
 Weimar, Ulm, Freiburg, Karlsruhe, Mannheim, Heidelberg, Heilbronn, Pforzheim, Reutlingen, Konstanz, Augsburg, Ingolstadt,
 Regensburg, Passau, Landshut, Bamberg, Coburg, Aschaffenburg, Darmstadt, Wiesbaden, Mainz, Koblenz, Trier, Bonn, Aachen,
 Krefeld, Duisburg, Essen, Bochum, Dortmund, Hagen, Hamm, Bielefeld, Paderborn, Gütersloh, Minden, Hannover, Hildesheim,
 Braunschweig, Wolfsburg, Celle, Lüneburg, Bremen, Bremerhaven, Oldenburg, Emden, Kiel, Flensburg, Neumünster, Potsdam,
 Cottbus, Görlitz, Bautzen, Zwickau, Chemnitz, Plauen, Gera, Suhl, Fulda, Marburg, Siegen, Weißenfels, Bergisch Gladbach`);
const ORGS = w(`der Stadtrat, die Kreisverwaltung, das Digitalministerium, der IT-Dienstleister, die Gemeinde, das Rechenzentrum,
 der Städtetag, die Landesregierung, das Innenministerium, der Landkreis, die Stadtwerke, der Zweckverband, das Bürgeramt,
 die Hochschule, der Datenschutzbeauftragte, die Oberbürgermeisterin, der Landrat, die Amtsleitung, das Start-up,
 der Softwarehersteller, die Genossenschaft, das Fraunhofer-Institut, der Normenkontrollrat, die Feuerwehr, das Stadtarchiv,
 der Personalrat, die Vergabekammer, das Kompetenzzentrum, der Rechnungshof, die Anstalt für IT`);
const VERBS = w(`modernisiert, startet, prüft, verschiebt, beschließt, beauftragt, erweitert, erneuert, testet, plant, fördert,
 stoppt, beschleunigt, vereinheitlicht, digitalisiert, öffnet, bündelt, sichert, ersetzt, veröffentlicht, bewertet, bremst,
 übernimmt, verlängert, finanziert, überarbeitet, begrüßt, kritisiert, vergibt, zentralisiert, automatisiert, entschlackt`);
const ADJ = w(`neue, digitale, kommunale, gemeinsame, interne, offene, sichere, barrierefreie, zentrale, landesweite, europäische,
 nachhaltige, umfassende, längst überfällige, rechtssichere, medienbruchfreie, mehrsprachige, interkommunale, modulare,
 hochverfügbare, datensparsame, quelloffene, KI-gestützte, cloudbasierte, mobile, bürgernahe, größere, kleinere, frühere`);
const NOUN = w(`Plattform, Lösung, Strategie, Anwendung, Schnittstelle, Infrastruktur, Akte, Antragsstrecke, Cloud, Datenbank,
 Initiative, Kooperation, Förderung, Ausschreibung, Anbindung, Umgebung, Oberfläche, Signatur, Statistik, Abfrage,
 Zulassung, Meldung, Auskunft, Beteiligung, Sprechstunde, Werkstatt, Leitstelle, Karte, Software, Verwaltung`);
const ADV = w(`bis zum Jahresende, im zweiten Quartal, nach langer Verzögerung, ohne zusätzliche Kosten, im laufenden Betrieb,
 flächendeckend, schrittweise, als erste Kommune im Land, trotz knapper Kassen, gemeinsam mit den Nachbargemeinden,
 auf Basis offener Standards, mit Unterstützung des Landes, für alle Schulen, in sämtlichen Außenstellen, deutlich früher,
 unter strengen Auflagen, nach dem Vorbild Estlands, im Rahmen eines Pilotprojekts, über das Bürgerkonto, per Videoanruf,
 rund um die Uhr, ab dem kommenden Frühjahr, zunächst nur testweise, mit breiter Mehrheit, gegen den Rat der Fachleute`);
const REASON = w(`weil der bisherige Vertrag ausläuft, damit Anträge schneller bearbeitet werden, obwohl die Mittel noch fehlen,
 da das Gesetz neue Fristen setzt, weil Fachkräfte fehlen, damit Daten nur einmal erfasst werden, sobald die Prüfung abgeschlossen ist,
 obwohl der Personalrat Bedenken äußert, weil die alte Technik störanfällig ist, damit auch ältere Menschen teilhaben können,
 falls der Haushalt genehmigt wird, nachdem ein Angriff die Systeme lahmgelegt hatte, weil die Nachfrage stark gestiegen ist,
 damit Ämter ohne Medienbruch zusammenarbeiten, da die Übergangsfrist endet, weil Papierakten zu viel Platz brauchen`);
const KICKERS = w(`Verwaltung, Praxis, Porträt, Interview, Kommentar, Recht, Sicherheit, Infrastruktur, Bildung, Gesundheit, Meldung,
 Hintergrund, Serie: Digitale Stadt, Studie, Bund & Länder, Europa, Wettbewerb, Veranstaltung, Finanzierung, Technik, Personalien,
 Aus den Kommunen, Nachgefragt, Zahl der Woche`);
const PEOPLE = w(`Müller, Schröder, Öztürk, Weiß, Jäger, Krüger, Böhm, Groß, Yılmaz, König, Köhler, Schäfer, Nguyen, Kowalski, Lang,
 Preuß, Fröhlich, Strauß, Günther, Hübner, Lüders, Maßmann, Voß, Brückner, Händel, Petersen, Özdemir, Sørensen`);
const FIRST = w(`Anna, Björn, Cem, Dörte, Elif, Frauke, Günter, Hülya, Ingo, Jörg, Käthe, Lars, Mareike, Nils, Özge, Peer, Rüdiger, Sören,
 Tanja, Ulrike, Volker, Wiebke, Yasemin, Zoë, Heike, Jürgen, Kerstin, Matthias, Silke, Thorsten, Uwe, Birgit, Detlef, Gudrun`);
const SYL = w(`ber, gen, tal, feld, hau, sen, wal, stein, brück, müh, len, oster, süd, nord, alt, neu, kirch, holz, wies, sand, rot,
 schwarz, wein, fich, tel, egg, lach, mar, ker, dorf, hof, loh, ried, moos, bach`);

function tagVocabulary(n, r) {
  const set = new Set(TAG_HEAD.slice(0, n));
  while (set.size < n) {
    const x = r();
    const t = x < 0.15 ? pick(r, CITIES) + (r() < 0.3 ? ' ' + pick(r, w('Stadt, Land, Region, Kreis')) : '')
      : pick(r, PRE) + (x < 0.25 ? '-' + cap(pick(r, SUF)) : pick(r, SUF));
    set.add(t);
  }
  return [...set];
}
const pick = (r, a) => a[(r() * a.length) | 0];
const cap = (s) => s[0].toUpperCase() + s.slice(1);
const int = (r, lo, hi) => lo + ((r() * (hi - lo + 1)) | 0);
// Unusual words, so that the text compresses little better than real news.
const rareName = (r) => cap(pick(r, SYL) + pick(r, SYL) + (r() < 0.6 ? pick(r, SYL) : ''));
const compound = (r) => pick(r, PRE) + (r() < 0.45 ? pick(r, PRE).toLowerCase() : '') + pick(r, SUF);
const person = (r) => `${pick(r, FIRST)} ${r() < 0.35 ? pick(r, PEOPLE) : rareName(r) + pick(r, w('er, mann, s, , e'))}`;
// an inserted phrase of rarer words
const aside = (r) => (r() < 0.5 ? '' : r() < 0.5 ? ` zwischen ${rareName(r)} und ${compound(r)}` : ` mit Blick auf ${compound(r)}, ${compound(r)} und ${rareName(r)}`);
const number = (r) => (r() < 0.5 ? String(int(r, 2, 99)) : `${int(r, 1, 999)}.${String(int(r, 0, 999)).padStart(3, '0')}`);
const place = (r) => (r() < 0.6 ? pick(r, CITIES) : rareName(r));

function headline(r) {
  for (;;) {
    const k = r();
    let s;
    if (k < 0.25) s = `${place(r)} ${pick(r, VERBS)} ${pick(r, ADJ)} ${r() < 0.5 ? pick(r, NOUN) : compound(r)}`;
    else if (k < 0.45) s = `${compound(r)}: ${cap(pick(r, ORGS))} ${pick(r, VERBS)} ${number(r)} ${pick(r, w('Vorhaben, Stellen, Geräte, Dienste, Anträge, Standorte'))}`;
    else if (k < 0.6) s = `„${cap(pick(r, ADJ))} ${pick(r, NOUN)}“ für ${place(r)} und ${place(r)}`;
    else if (k < 0.75) s = `Wie ${pick(r, ORGS)} in ${place(r)} ${pick(r, ADJ)} ${pick(r, NOUN)} ${pick(r, w('erprobt, einführt, ausbaut, rettet, finanziert'))}`;
    else if (k < 0.88) s = `${pick(r, NOUN)} statt Papier: ${compound(r)} ${pick(r, w('kommt, wächst, stockt, überzeugt, spart Zeit'))} in ${place(r)}`;
    else if (k < 0.99) s = `${number(r)} Millionen Euro für ${compound(r)} und ${compound(r)}`;
    else s = pick(r, [`${place(r)} & ${place(r)}: <neue> ${pick(r, NOUN)} im "Test"`, `Quote < ${int(r, 2, 40)} %: ${compound(r)} & ${compound(r)} in der Kritik`]);
    if (s.length >= 30 && s.length <= 80) return s;
  }
}
function sentence(r) {
  const k = r();
  if (k < 0.2) return `${cap(pick(r, ORGS))} in ${place(r)} ${pick(r, VERBS)} die ${pick(r, ADJ)} ${compound(r)}${aside(r)} ${pick(r, ADV)}.`;
  if (k < 0.4) return `Rund ${number(r)} ${pick(r, w('Beschäftigte, Haushalte, Bürgerinnen und Bürger, Schulen, Verfahren, Datensätze'))} sind von der ${compound(r)}${aside(r)} betroffen, ${pick(r, REASON)}.`;
  if (k < 0.55) return `„Wir ${pick(r, w('brauchen, schaffen, verlieren, gewinnen, prüfen'))} jetzt ${pick(r, ADJ)} ${compound(r)}${aside(r)}“, ${pick(r, w('sagt, betont, erklärt, mahnt'))} ${pick(r, w('Amtsleiterin, Dezernent, CIO, Projektleiterin, Beigeordneter'))} ${person(r)}.`;
  if (k < 0.75) return `Mit ${compound(r)} und ${compound(r)} will ${place(r)}${aside(r)} ${pick(r, ADV)} ${int(r, 2, 95)} Prozent der ${pick(r, w('Vorgänge, Kosten, Wege, Anträge, Bescheide'))} einsparen.`;
  if (k < 0.9) return `${cap(pick(r, ADV))} soll die ${compound(r)}${aside(r)} auf ${number(r)} ${pick(r, w('Ämter, Standorte, Gemeinden, Geräte, Straßenzüge'))} wachsen, ${pick(r, REASON)}.`;
  return `Das Projekt „${rareName(r)}“ gilt ${pick(r, ADV)}${aside(r)} als Maßstab für ${compound(r)}.`;
}
function lead(r) {
  for (;;) {
    let s = sentence(r);
    while (s.length < 150) s += ' ' + sentence(r);
    if (s.length < 230 && r() < 0.4) s += ' ' + sentence(r);
    if (s.length <= 350) return s;
  }
}
const slug = (s) => s.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss')
  .replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60).replace(/-$/, '');

export function generate(n) {
  const r = prng(SEED + n);
  const vocab = tagVocabulary(VOCAB[n] ?? Math.max(40, Math.round(Math.sqrt(n) * 6)), r);
  // Zipf(s = 1) over ranks
  const cum = []; let sum = 0;
  for (let i = 0; i < vocab.length; i++) cum.push((sum += 1 / (i + 1.5)));
  const zipf = () => {
    const x = r() * sum; let lo = 0, hi = cum.length - 1;
    while (lo < hi) { const m = (lo + hi) >> 1; if (cum[m] < x) lo = m + 1; else hi = m; }
    return vocab[lo];
  };
  const START = Date.UTC(2016, 0, 4) / 1000, SPAN = 10 * 365.25 * 86400;
  // distinct times: one per equal slice of the ten years, with jitter inside the slice
  const items = [];
  for (let i = 0; i < n; i++) {
    const t = Math.floor(START + ((n - 1 - i) + r() * 0.98) * (SPAN / n));
    const title = headline(r);
    const k = int(r, 2, 8), tags = new Set();
    while (tags.size < k) tags.add(zipf());
    const iso = new Date(t * 1000).toISOString().replace('.000Z', 'Z');
    items.push({
      id: String(1000000 + n - i),
      url: `https://www.kommune-aktuell.example/${iso.slice(0, 4)}/${iso.slice(5, 7)}/${slug(title)}-${1000000 + n - i}.html`,
      title,
      summary: lead(r),
      content_text: '',
      date_published: iso,
      tags: [...tags],
      authors: [{ name: String.fromCharCode(97 + int(r, 0, 25), 97 + int(r, 0, 25)) }],
      _stichwort: { kicker: pick(r, KICKERS) },
    });
  }
  // 1 % of the items sit a little off their place, as in real exports: every contender has to sort
  for (let m = 0; m < n / 100; m++) {
    const i = int(r, 0, n - 1), j = Math.min(n - 1, i + int(r, 1, 50));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Kommune Aktuell',
    home_page_url: 'https://www.kommune-aktuell.example/',
    language: 'de',
    _stichwort: { order: 'newest' }, // but for the 1 % above, as an exporter would declare it
    items,
  };
}

/** Writes the bundle of n articles and the right answers, unless they are there. */
export function makeData(n, { force = false } = {}) {
  mkdirSync(DIR, { recursive: true });
  const file = (ending) => new URL(`${n}.${ending}`, DIR);
  if (!force && ['json', 'json.br', 'answers.json'].every((ending) => existsSync(file(ending)))) return;
  const feed = generate(n);
  const raw = Buffer.from(JSON.stringify(feed));
  const br = brotli(raw);
  writeFileSync(file('json'), raw);
  writeFileSync(file('json.br'), br);
  // Last: where it is, all is.
  writeFileSync(file('answers.json'), JSON.stringify({ bytes: { raw: raw.length, brotli: br.length }, ...answers(feed) }));
  console.log(`${n} articles: ${raw.length} bytes, ${br.length} by brotli`);
}

/** How many articles are left in a bundle that is not read. */
const READ = 40;

/** Writes the bundle of n articles for the control `unread`, unless it is there: all but the first are one text. */
export function makeUnread(n, { force = false } = {}) {
  const file = (ending) => new URL(`${n}.unread.${ending}`, DIR);
  if (!force && ['json', 'json.br'].every((ending) => existsSync(file(ending)))) return;
  const feed = JSON.parse(readFileSync(new URL(`${n}.json`, DIR)));
  // As many bytes, and no escapes: those would have to be read.
  const unread = JSON.stringify(feed.items.splice(READ)).replace(/["\\]/g, "'");
  const raw = Buffer.from(JSON.stringify({ ...feed, unread }));
  writeFileSync(file('json'), raw);
  writeFileSync(file('json.br'), brotli(raw));
}

/** Builds Pagefind's index of the same articles, unless it is there. */
export async function makePagefind(n, { force = false } = {}) {
  const out = new URL(`pagefind-${n}/`, DIR);
  if (!force && existsSync(new URL('pagefind-entry.json', out))) return;
  rmSync(out, { recursive: true, force: true });
  const { createIndex } = await import('pagefind');
  const { items } = JSON.parse(readFileSync(new URL(`${n}.json`, DIR)));
  const { index } = await createIndex({ forceLanguage: 'de' });
  for (let i = 0; i < items.length; i += 200) {
    await Promise.all(items.slice(i, i + 200).map((a) => index.addCustomRecord({
      url: a.url,
      content: a.title + '. ' + a.summary,
      language: 'de',
      meta: { title: a.title, kicker: a._stichwort.kicker, lead: a.summary, date: a.date_published, tags: JSON.stringify(a.tags) },
      filters: { tag: a.tags },
      sort: { date: String(Date.parse(a.date_published) / 1000) },
    })));
  }
  const { errors } = await index.writeFiles({ outputPath: fileURLToPath(out) });
  if (errors.length) throw new Error(errors.join('\n'));
  await index.deleteIndex();
  console.log(`${n} articles: index of Pagefind`);
}

/** Pagefind's indexer is a process of its own. */
export const endPagefind = async () => (await import('pagefind')).close();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const force = process.argv.includes('--force'), pagefind = process.argv.includes('--pagefind');
  const sizes = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument)).map(Number);
  for (const n of sizes.length ? sizes : Object.keys(VOCAB).map(Number)) {
    makeData(n, { force });
    makeUnread(n, { force });
    if (pagefind) await makePagefind(n, { force });
  }
  if (pagefind) await endPagefind();
}
