import type { Viewport } from "./viewport.ts";

export interface PointerActions {
  /** The view was moved by hand. */
  moved(): void;
  /** The pointer rests on a pixel, or left. */
  pointed(at: { left: number; top: number } | undefined): void;
  /** The whole graph is asked for. */
  fit(): void;
}

/** Drag to pan, wheel to zoom about the pointer after a click or with Ctrl, double click or 0 for the whole graph; arrows, + and - by keyboard. */
export function controlViewport(stage: HTMLElement, view: Viewport, actions: PointerActions): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let held: { id: number; left: number; top: number } | undefined;
  // Who scrolls through the notebook passes over graphs; only who has clicked into one zooms it.
  let isEngaged = false;
  const place = (event: MouseEvent): { left: number; top: number } => {
    const box = stage.getBoundingClientRect();
    return { left: event.clientX - box.left, top: event.clientY - box.top };
  };

  stage.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      isEngaged = true;
      stage.setPointerCapture(event.pointerId);
      held = { id: event.pointerId, ...place(event) };
      stage.classList.add("sightline-graph-held");
    },
    { signal },
  );
  stage.addEventListener(
    "pointermove",
    (event) => {
      const at = place(event);
      if (held?.id !== event.pointerId) return actions.pointed(at);
      view.pan(at.left - held.left, at.top - held.top);
      held = { id: event.pointerId, ...at };
      actions.pointed(undefined);
      actions.moved();
    },
    { signal },
  );
  for (const name of ["pointerup", "pointercancel"] as const) {
    const release = (): void => {
      held = undefined;
      stage.classList.remove("sightline-graph-held");
    };
    stage.addEventListener(name, release, { signal });
  }
  const leave = (): void => {
    isEngaged = false;
    actions.pointed(undefined);
  };
  stage.addEventListener("pointerleave", leave, { signal });
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!isEngaged && !event.ctrlKey) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const { left, top } = place(event);
      view.zoomAbout(left, top, Math.exp(-Math.max(-400, Math.min(400, event.deltaY * lines)) / 500));
      actions.moved();
    },
    { signal, passive: false },
  );
  stage.addEventListener("dblclick", () => actions.fit(), { signal });
  stage.addEventListener(
    "keydown",
    (event) => {
      const pans: Record<string, [number, number]> = {
        ArrowLeft: [40, 0],
        ArrowRight: [-40, 0],
        ArrowUp: [0, 40],
        ArrowDown: [0, -40],
      };
      const factors: Record<string, number> = { "+": 1.3, "=": 1.3, "-": 1 / 1.3 };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in pans) view.pan(...pans[event.key]);
      else if (event.key in factors) view.zoomAbout(view.width / 2, view.height / 2, factors[event.key]);
      else if (event.key !== "0") return;
      // JupyterLab moves between cells with the same keys.
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "0") actions.fit();
      else actions.moved();
    },
    { signal },
  );
  return () => stop.abort();
}
