// Chromium's DevTools protocol over a pipe (https://chromedevtools.github.io/devtools-protocol/), and no more of it than is
// asked for. The clients on npm turn the domain Network on for every page: the page then decodes each answer once more, in one
// task of its main thread (143 ms for 10,000 articles with the CPU 4 times slower), which no visitor's page does.

/** A connection; `pipes` are what Chromium reads from and writes to with `--remote-debugging-pipe`. */
export class DevTools {
  #next = 1;
  #answers = new Map();
  #listeners = new Set();

  constructor([input, output]) {
    this.input = input;
    input.on('error', () => {}); // the browser has ended: `close` says so
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
