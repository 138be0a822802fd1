// What Chromium's tracing says about a page's main thread: the time of each kind of work between two moments.

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', 'v8', 'v8.execute', 'blink.user_timing', 'loading',
  'v8.wasm', 'disabled-by-default-v8.compile', 'disabled-by-default-v8.gc', 'disabled-by-default-v8.cpu_profiler', 'disabled-by-default-v8.cpu_profiler.hires'];

/** Starts tracing; the function it gives back ends it and resolves to the events. */
export async function startTrace(browser) {
  const complete = browser.once('Tracing.tracingComplete');
  const traceConfig = { recordMode: 'recordAsMuchAsPossible', includedCategories: CATEGORIES, excludedCategories: ['*'] };
  await browser.send('Tracing.start', { transferMode: 'ReturnAsStream', traceConfig });
  return async () => {
    await browser.send('Tracing.end');
    const { stream: handle } = await complete;
    let text = '';
    for (let isEnd = false; !isEnd;) {
      const { data, eof, base64Encoded } = await browser.send('IO.read', { handle, size: 1 << 20 });
      text += base64Encoded ? Buffer.from(data, 'base64').toString() : data;
      isEnd = eof;
    }
    await browser.send('IO.close', { handle });
    return JSON.parse(text).traceEvents;
  };
}

/** Kinds of work, as they are shown. */
export const WORK = {
  waiting: 'nothing to do: waits for the network, a frame or another thread',
  loading: 'requests, answers, and reading the document',
  compileScript: 'compiling JavaScript',
  compileWasm: 'compiling and linking Wasm',
  memory: 'growing the memory of Wasm',
  wasm: 'running Wasm',
  script: 'running JavaScript',
  calls: 'calls from Wasm and JavaScript into the browser (document, strings, fetch)',
  style: 'style',
  layout: 'layout',
  paint: 'paint',
  garbage: 'garbage collection',
  other: 'other work of the browser',
  profiling: 'the measuring itself',
};

/** The first that fits; an event that fits none belongs to the one around it. */
const KINDS = [
  [/LogCode|^CpuProfiler|^V8\.(StackGuard|HandleInterrupts|InvokeApiInterruptCallbacks)/, 'profiling'],
  [/^wasm\.GrowMemory$/, 'memory'],
  [/^wasm\.|^v8\.wasm/, 'compileWasm'],
  [/GC|^V8\.GC|Sweep|MarkCompact/, 'garbage'],
  [/^V8\.(Compile|Parse|Maglev|Turbo|Optimize|Finalize|Baseline|PreParse)|^v8\.(compile|produceCache|parse)|^v8\.parseOnBackground|ScriptStream/i, 'compileScript'],
  [/^(FunctionCall|EvaluateScript|v8\.run|v8\.callFunction|v8\.newInstance|RunMicrotasks|EventDispatch|TimerFire|FireAnimationFrame|v8\.evaluateModule)$/, 'run'],
  [/^(UpdateLayoutTree|ParseAuthorStyleSheet|ScheduleStyleRecalculation|Document::updateStyle)/, 'style'],
  [/^(Layout|LocalFrameView::.*[lL]ayout)/, 'layout'],
  [/^(PrePaint|Paint|Layerize|Commit|CompositeLayers|UpdateLayer)$/, 'paint'],
  [/^(ParseHTML|SimpleWatcher|HTMLDocumentParser|DocumentLoader|NavigationBodyLoader|Resource|DecodedDataDocumentParser)/, 'loading'],
];
const kindOf = ({ name }) => KINDS.find(([pattern]) => pattern.test(name))?.[1];

/** A trace of one page: its renderer's main thread, and the samples of what runs there. */
export class Trace {
  constructor(events, address) {
    const navigation = events.find(({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL?.includes(address));
    if (!navigation) throw new Error(`expected a navigation to ${address} in the trace, found none`);
    this.start = navigation.ts;
    this.own = events.filter(({ pid }) => pid === navigation.pid);
    this.thread = navigation.tid;
    this.samples = samples(this.own, navigation.tid);
  }

  /** When the page has put a mark of this name, in microseconds. */
  mark(name) {
    return this.own.find((event) => event.name === name && event.cat.includes('blink.user_timing'))?.ts;
  }

  /** Milliseconds of each kind of work on the main thread. */
  work(from, to) {
    const spent = {}, running = [];
    const spans = selfTimes(this.own.filter((event) => event.ph === 'X' && event.tid === this.thread), from, to);
    let busy = 0;
    for (const { kind, from, to } of spans) {
      busy += to - from;
      if (kind === 'run') running.push([from, to]);
      else spent[kind] = (spent[kind] ?? 0) + to - from;
    }
    spent.waiting = to - from - busy;
    const total = running.reduce((sum, [from, to]) => sum + to - from, 0);
    const taken = within(this.samples, running);
    for (const { kind } of taken) spent[kind] = (spent[kind] ?? 0) + total / taken.length;
    return Object.fromEntries(Object.entries(spent).map(([kind, time]) => [kind, time / 1000]));
  }

  /** Milliseconds that tasks of the main thread waited for a core: other processes or threads had it. */
  robbed(from, to) {
    const tasks = this.own.filter(({ ph, tid, name, ts }) => ph === 'X' && tid === this.thread && name === 'RunTask' && ts >= from && ts < to);
    return tasks.reduce((sum, { dur, tdur = dur }) => sum + Math.max(0, dur - tdur), 0) / 1000;
  }

  /** The main thread's longest tasks: when they begin, in milliseconds since `from`, how long they take, and of which work. */
  longest(from, to, count) {
    const tasks = this.own.filter(({ ph, tid, name, ts }) => ph === 'X' && tid === this.thread && name === 'RunTask' && ts >= from && ts < to);
    return tasks.sort((a, b) => b.dur - a.dur).slice(0, count).map(({ ts, dur }) => {
      const { waiting, ...work } = this.work(ts, ts + dur);
      return { start: (ts - from) / 1000, time: dur / 1000, work };
    });
  }

  /** Milliseconds that other threads of the page compile, meanwhile. */
  beside(from, to) {
    const spent = { compileScript: 0, compileWasm: 0 };
    for (const thread of new Set(this.own.map(({ tid }) => tid))) {
      if (thread === this.thread) continue;
      const spans = selfTimes(this.own.filter((event) => event.ph === 'X' && event.tid === thread), from, to);
      for (const span of spans) if (span.kind in spent) spent[span.kind] += (span.to - span.from) / 1000;
    }
    return spent;
  }

  /** Milliseconds of each function, itself and not what it calls: of the Wasm program, of scripts, and of the browser. */
  functions(from, to) {
    const spent = { wasm: {}, script: {}, calls: {} };
    for (const { kind, name, time } of within(this.samples, [[from, to]])) {
      if (kind in spent) spent[kind][name] = (spent[kind][name] ?? 0) + time / 1000;
    }
    return spent;
  }
}

/** The time of each event without those inside it, cut to a window: pieces with the kind of their event. */
function selfTimes(events, from, to) {
  const sorted = events.filter(({ ts, dur = 0 }) => dur && ts < to && ts + dur > from).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const pieces = [], stack = [];
  let at = from;
  const advance = (until) => {
    const end = Math.min(until, to);
    if (stack.length && end > at) pieces.push({ kind: stack.at(-1).kind, from: at, to: end });
    at = Math.max(at, end);
  };
  const close = (until) => {
    while (stack.length && stack.at(-1).end <= until) {
      advance(stack.at(-1).end);
      stack.pop();
    }
  };
  for (const event of sorted) {
    close(event.ts);
    advance(event.ts);
    stack.push({ end: event.ts + event.dur, kind: kindOf(event) ?? stack.at(-1)?.kind ?? 'other' });
  }
  close(Infinity);
  return pieces;
}

/** What the sampling profiler saw on the main thread: `{ at, time, kind, name }`. */
function samples(events, thread) {
  const profile = events.find(({ name, tid }) => name === 'Profile' && tid === thread);
  const chunks = events.filter(({ name, id }) => name === 'ProfileChunk' && id === profile?.id).sort((a, b) => a.ts - b.ts);
  const frames = new Map(), seen = [];
  let at = profile?.args.data.startTime;
  for (const { args: { data } } of chunks) {
    for (const { id, callFrame } of data.cpuProfile?.nodes ?? []) frames.set(id, callFrame);
    (data.cpuProfile?.samples ?? []).forEach((id, i) => {
      const time = data.timeDeltas[i], frame = frames.get(id);
      at += time;
      if (frame) seen.push({ at, time, kind: kindOfFrame(frame), name: nameOfFrame(frame) });
    });
  }
  return seen.filter(({ kind }) => kind);
}

/** A function without a name has its place. */
function nameOfFrame({ functionName, url, lineNumber, columnNumber }) {
  return functionName || `${url?.split('/').at(-1)}:${lineNumber + 1}:${columnNumber + 1}`;
}

function kindOfFrame({ codeType, functionName, url }) {
  if (codeType === 'wasm') return 'wasm';
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage';
  // "(program)" is the browser's own code; a function without an address is one it offers, or a way into it.
  return functionName === '(program)' || !url ? 'calls' : 'script';
}

/** Of samples in the order of time, those in one of the spans, which are in that order too. */
function within(samples, spans) {
  let span = 0;
  return samples.filter(({ at }) => {
    while (span < spans.length && spans[span][1] <= at) span++;
    return span < spans.length && spans[span][0] <= at;
  });
}
