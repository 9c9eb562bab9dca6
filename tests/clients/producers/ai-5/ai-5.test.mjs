// ai 5.0.277 with @ai-sdk/openai 2.0.131, its telemetry over OTLP/HTTP protobuf.

import * as ai from "ai";
import { createOpenAI } from "@ai-sdk/openai";
import { traces } from "../../lib/vercel.mjs";

traces("ai 5.0.277", { ai, createOpenAI, tells: false });
