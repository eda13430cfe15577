import type { Handler } from "./request.ts";

/** No comm targets yet: what a front end opens is closed again, so that it doesn't wait. */
export const commOpen: Handler = ({ id, content }, { outlet }) => {
  outlet.publish(id, "comm_close", { comm_id: content.comm_id, data: {} });
  return { content: {} };
};

export const commMessage: Handler = () => ({ content: {} });

export const commInfoRequest: Handler = () => ({ content: { status: "ok", comms: {} } });
