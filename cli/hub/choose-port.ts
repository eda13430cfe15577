import { CommandError } from "../command-error.ts";
import { whyNoPort } from "../start/choose-port.ts";

const first = 8000;
const tries = 200;

/**
 * The port of the hub: the wanted one if it is free, else the first free one from 8000.
 * @throws CommandError when the wanted port or the address can't be had
 */
export async function choosePort(wanted: number | undefined, ip: string): Promise<number> {
  if (wanted !== undefined) {
    const code = await whyNoPort(wanted, ip);
    if (code === undefined) return wanted;
    throw refusal(wanted, ip, code);
  }
  for (let port = first; port < first + tries; port++) {
    const code = await whyNoPort(port, ip);
    if (code === undefined) return port;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw refusal(port, ip, code);
  }
  throw new CommandError(
    `No port from ${first} to ${first + tries - 1} is free on ${ip}.\nName one: npm run hub -- --port 9999`,
  );
}

function refusal(port: number, ip: string, code: string): CommandError {
  if (code === "EADDRINUSE")
    return new CommandError(
      `Port ${port} is in use by another program.\nLeave --port out to take the next free one from ${first}.`,
    );
  if (code === "EACCES")
    return new CommandError(
      `Port ${port} is not open to this account.\nUse one above 1023: npm run hub -- --port 8000`,
    );
  return new CommandError(
    `This machine can't listen on ${ip} (${code}).\nLeave --ip out for 127.0.0.1, or name an address of this machine.`,
  );
}
