// `npm run bench NAME …`: runs bench/NAME.ts with the remaining words; without a name, lists what there is.
import { runNamed } from "./support/run-named.ts";

runNamed(import.meta.dirname, "npm run bench");
