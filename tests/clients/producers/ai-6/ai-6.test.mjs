// ai 6.0.326 with @ai-sdk/openai 3.0.141, its telemetry over OTLP/HTTP protobuf.

import * as ai from "ai";
import { createOpenAI } from "@ai-sdk/openai";
import { traces } from "../../lib/vercel.mjs";

traces("ai 6.0.326", { ai, createOpenAI, tells: true });
