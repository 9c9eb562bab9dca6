// The model provider as a program: prints where it listens, and ends when its input does.

import { startProvider } from "./lib/provider/server.mjs";

const provider = await startProvider();
console.log(JSON.stringify({ baseURL: provider.baseURL }));
process.stdin.resume().on("end", () => provider.close());
