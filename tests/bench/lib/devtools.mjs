// Chromium's DevTools protocol over a pipe (https://chromedevtools.github.io/devtools-protocol/), and no more of it than is
// asked for. Playwright and Puppeteer turn the domain Network on for every page, which changes what is measured: see README.md.

/** A connection; the pipes are what Chromium reads from and writes to with `--remote-debugging-pipe`. */
export class DevTools {
  #next = 1;
  #hasEnded = false;
  #answers = new Map();
  #listeners = new Set();

  constructor([input, output]) {
    this.input = input;
    input.on('error', () => {}); // the browser has ended: 'close' of the other pipe says so
    let pieces = [];
    output.on('data', (data) => {
      // Each message ends with a zero.
      for (let end; (end = data.indexOf(0)) >= 0; data = data.subarray(end + 1)) {
        this.#take(JSON.parse(Buffer.concat([...pieces, data.subarray(0, end)])));
        pieces = [];
      }
      if (data.length) pieces.push(data);
    });
    output.once('close', () => {
      this.#hasEnded = true;
      for (const { reject } of this.#answers.values()) reject(new Error('the browser has ended'));
      this.#answers.clear();
    });
  }

  #take({ id, result, error, method, params, sessionId }) {
    if (!id) {
      for (const listener of this.#listeners) listener(method, params, sessionId);
      return;
    }
    const { name, resolve, reject } = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) reject(new Error(`${name}: ${error.message}`));
    else resolve(result);
  }

  /** Sends a command, to the browser or to a session with a page. */
  send(name, params = {}, sessionId = undefined) {
    if (this.#hasEnded) return Promise.reject(new Error(`${name}: the browser has ended`));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { name, resolve, reject });
      this.input.write(`${JSON.stringify({ id, method: name, params, sessionId })}\0`);
    });
  }

  /** Resolves to the parameters of the next event of this name, of one session or of the browser. */
  once(name, sessionId = undefined) {
    return new Promise((resolve) => {
      const listener = (method, params, from) => {
        if (method !== name || from !== sessionId) return;
        this.#listeners.delete(listener);
        resolve(params);
      };
      this.#listeners.add(listener);
    });
  }
}
