/** SIGINT interrupts, as ipykernel has it. Jupyter interrupts by message; this is for whoever sends it by hand. */
let listener: (() => void) | undefined;

export function onInterruptSignal(interrupt: () => void): void {
  listener = interrupt;
  listenAgain();
}

/** While a script runs Node takes the listeners off, and a terminated script doesn't give them back. */
export function listenAgain(): void {
  if (listener && !process.listeners("SIGINT").includes(listener)) process.on("SIGINT", listener);
}
