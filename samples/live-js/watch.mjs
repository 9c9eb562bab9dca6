// Prints live numbers, a line per message, until Ctrl+C or the number of messages that was asked for.
//   npm install
//   ACTORS_BASE_URL=http://localhost:3000 LANGFUSE_PUBLIC_KEY=pk-… LANGFUSE_SECRET_KEY=sk-… node watch.mjs [filter] [messages]

import * as signalR from "@microsoft/signalr";
import { mint, watch } from "./live.mjs";

const { ACTORS_BASE_URL: url = "http://localhost:3000", LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY } = process.env;
const [filter = "", most = "Infinity"] = process.argv.slice(2);
let left = Number(most);

const stop = watch(signalR, {
  url,
  token: () => mint(url, LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY, { detail: true }),
  subscribe: { filter, windows: ["1m"], feed: 5, rate: 10 },
  onLost: (error) => console.error(error.message),
  onChange: (numbers, message) => {
    if (left <= 0) return;
    const current = numbers.window("1m")?.current;
    console.log(JSON.stringify({
      type: message.type,
      version: message.version,
      observations: current?.observations ?? 0,
      costUsd: current?.costUsd ?? 0,
      latest: numbers.feed.map((trace) => trace.id),
    }));
    if (--left === 0) stop();
  },
});
