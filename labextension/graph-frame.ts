import css from "./graph-cell.css";

const icons = {
  play: "M3 1.5v11l9-5.5z",
  pause: "M3 1.5h3v11H3zM8 1.5h3v11H8z",
  fit: "M1 1h4v1.5H2.5V5H1zM9 1h4v4h-1.5V2.5H9zM1 9h1.5v2.5H5V13H1zM11.5 9H13v4H9v-1.5h2.5zM5 5h4v4H5z",
};

/** The parts of a graph cell around the drawing: a bar with buttons and status, the stage, a message. */
export class GraphFrame {
  readonly stage = element("div", "sightline-graph-stage");
  readonly #name = element("span", "sightline-graph-name");
  readonly #status = element("span", "sightline-graph-status");
  readonly #message = element("div", "sightline-graph-message");
  readonly #play: HTMLButtonElement;
  readonly #fit: HTMLButtonElement;

  constructor(host: HTMLElement, actions: { togglePlay(): void; fit(): void }) {
    adoptStyle();
    this.#play = button("play", "Run the layout", actions.togglePlay);
    this.#fit = button("fit", "Show the whole graph", actions.fit);
    this.setControls(false, false);
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "img");
    this.#message.setAttribute("role", "status");
    this.#message.hidden = true;
    const bar = element("div", "sightline-graph-bar");
    bar.append(this.#play, this.#fit, this.#name, this.#status);
    host.replaceChildren(bar, this.stage, this.#message);
  }

  setHeight(heightPx: number): void {
    this.stage.style.height = `${heightPx}px`;
  }

  setName(name: string): void {
    this.#name.textContent = name;
    this.#name.title = name;
  }

  setStatus(status: string): void {
    this.#status.textContent = status;
    this.#status.title = status;
    this.stage.setAttribute(
      "aria-label",
      `Graph: ${status}. Arrow keys pan, plus and minus zoom, 0 shows all.`,
    );
  }

  setControls(isLive: boolean, isRunning: boolean): void {
    this.#play.hidden = !isLive;
    this.#fit.hidden = !isLive;
    setIcon(this.#play, isRunning ? "pause" : "play");
    const label = isRunning ? "Pause the layout" : "Run the layout";
    this.#play.title = label;
    this.#play.setAttribute("aria-label", label);
  }

  /** Shows a sentence below the stage; nothing hides it. */
  setMessage(message: string): void {
    this.#message.textContent = message;
    this.#message.hidden = message === "";
  }

  /** Puts a picture on the stage, or leaves it empty; without one the stage takes no room. */
  showPicture(url: string | undefined): void {
    this.stage.hidden = url === undefined;
    if (url === undefined) return this.stage.replaceChildren();
    const picture = document.createElement("img");
    picture.className = "sightline-graph-picture";
    picture.alt = this.stage.getAttribute("aria-label") ?? "";
    picture.src = url;
    this.stage.replaceChildren(picture);
  }
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

function button(icon: keyof typeof icons, label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "sightline-graph-button";
  made.title = label;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", onClick);
  setIcon(made, icon);
  return made;
}

function setIcon(target: HTMLButtonElement, icon: keyof typeof icons): void {
  if (target.dataset.icon === icon) return;
  target.dataset.icon = icon;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", icons[icon]);
  svg.append(path);
  target.replaceChildren(svg);
}

let isStyled = false;

function adoptStyle(): void {
  if (isStyled) return;
  isStyled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
