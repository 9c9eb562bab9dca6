// Live numbers of a project: the whole algorithm of a client. Used by watch.mjs in Node and by index.html in a browser.

/** What is known: a snapshot replaces everything, a tick replaces what it names. */
export class LiveNumbers {
  windows = new Map();
  traces = new Map();
  last = null;

  /** Takes a message. Types that it does not know are left alone. */
  apply(message) {
    if (message.type === "snapshot") {
      this.windows.clear();
      this.traces.clear();
    } else if (message.type !== "tick") {
      return;
    }
    for (const window of message.ended ?? []) this.windows.delete(keyOf(window));
    for (const window of message.windows ?? []) this.windows.set(keyOf(window), window);
    for (const id of message.left ?? []) this.traces.delete(id);
    for (const trace of message.feed ?? []) this.traces.set(trace.id, trace);
    this.last = message;
  }

  /** One window of one series; undefined while it is empty or not known. */
  window(window, by = "total", value = "") {
    return this.windows.get(keyOf({ by, value, window }));
  }

  /** The latest traces, newest first. */
  get feed() {
    return [...this.traces.values()].sort((a, b) => b.timestamp.localeCompare(a.timestamp) || b.id.localeCompare(a.id));
  }
}

const keyOf = ({ by, value, window }) => `${by} ${window} ${value}`;

/**
 * Follows a subscription over SignalR, through lost connections: each stream begins with a snapshot.
 * @param signalR the package @microsoft/signalr
 * @param options `url`, `token` (a function that mints a live token), `subscribe`, `onChange(numbers, message)`
 * @returns a function that ends it
 */
export function watch(signalR, { url, token, subscribe, onChange, onLost = () => {} }) {
  const numbers = new LiveNumbers();
  let stopped = false;
  let connection;

  async function run() {
    connection = new signalR.HubConnectionBuilder()
      // Tokens travel in the address or a header, never in a cookie.
      .withUrl(`${url}/hubs/live`, { accessTokenFactory: token, withCredentials: false })
      .configureLogging(signalR.LogLevel.None)
      .build();
    await connection.start();
    await new Promise((resolve, reject) => {
      connection.onclose((error) => reject(error ?? new Error("The connection has ended.")));
      connection.stream("Watch", subscribe).subscribe({
        next: (message) => {
          if (message.type === "end") return reject(new Error(message.message));
          numbers.apply(message);
          onChange(numbers, message);
        },
        error: reject,
        complete: resolve,
      });
    });
  }

  (async () => {
    while (!stopped) {
      try {
        await run();
      } catch (error) {
        if (stopped) return;
        onLost(error);
      }
      await connection.stop();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  })();

  return async () => {
    stopped = true;
    await connection?.stop();
  };
}

/** Mints a token with the keys of a project. On a server: the secret key must not reach a browser. */
export async function mint(url, publicKey, secretKey, scope = {}) {
  const answer = await fetch(`${url}/api/public/actors/live/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}` },
    body: JSON.stringify(scope),
  });
  if (!answer.ok) throw new Error(`No token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).token;
}
