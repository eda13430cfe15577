// The thread of tests: there the worker isn't one file.
import { servePump } from "./pump-thread.ts";

servePump();
