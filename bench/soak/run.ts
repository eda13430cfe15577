// `npm run soak NAME …`: runs bench/soak/NAME.ts, which repeats what the tests do once; keeps its result in bench/results.
import { runNamed } from "../support/run-named.ts";

runNamed(import.meta.dirname, "npm run soak");
