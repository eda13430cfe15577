import { randomUUID } from "node:crypto";
import { Job } from "../../runtime/jobs/index.ts";
import { followLive, isLive } from "../display/live-display.ts";
import { displayContent, mimeBundle, type MimeBundle, refuseOutsideJson } from "../display/mime-bundle.ts";
import type { Outlet } from "../protocol/outlet.ts";
import { Cell } from "./cell.ts";

export interface DisplayOptions {
  /** `value` is a MIME bundle already. */
  raw?: boolean;
  /** Names the output, so that it can be changed later. */
  display_id?: string;
  /** Changes the output of this `display_id` instead of adding one. */
  update?: boolean;
}

/**
 * Makes the global `display(value)`: shows a value as the last value of a cell is shown, at once.
 * A promise is awaited first, and the cell waits for it. Gives nothing, so that it may end a cell; name the output by
 * `display_id` to change it later.
 */
export function makeDisplay(outlet: Outlet) {
  return (value: unknown, options: DisplayOptions = {}): void => {
    const cell = Cell.current()!;
    const displayId = options.display_id ?? randomUUID();
    const type = options.update ? "update_display_data" : "display_data";
    const publish = (kind: string, by: Cell, data: MimeBundle) =>
      outlet.publish(by.id, kind, displayContent(data, { display_id: displayId }));
    const show = (data: MimeBundle) => publish(type, cell, data);
    if (options.raw) refuseOutsideJson(value as MimeBundle);
    const bundle = options.raw
      ? (value as MimeBundle)
      : value instanceof Promise
        ? value.then(mimeBundle)
        : mimeBundle(value);
    if (bundle instanceof Promise) void Job.start(() => bundle.then(show));
    else show(bundle);
    // Tools that run notebooks listen to the running cell only.
    if (isLive(value))
      followLive(value, (data) => publish("update_display_data", Cell.running() ?? cell, data));
  };
}
