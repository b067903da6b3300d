// <leader-election scenario="raft-split-vote" height="auto"><a href="...">link</a></leader-election>
// Until in view or clicked it shows what is inside; then a frame. docs/embedding.md
(() => {
  const BASE = new URL(".", document.currentScript?.src || location.href);
  const WISHES = ["n", "seed", "timing", "stop", "speed", "theme", "caption", "controls", "show", "lang"];
  const EVENTS = ["ready", "statechange", "time", "leader", "splitbrain", "refused", "error", "resize"];
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{display:block;max-width:100%}:host([hidden]){display:none}
.box{box-sizing:border-box;overflow:hidden;border:1px solid #7d8996;border-radius:8px;background:Canvas;color:CanvasText;font:15px/1.4 system-ui,sans-serif}
iframe{display:block;width:100%;height:100%;border:0}
.wait{box-sizing:border-box;height:100%;padding:16px;display:grid;gap:12px;place-content:center;place-items:center;overflow:auto}
button{min-height:44px;padding:0 16px;border:0;border-radius:8px;background:#17202a;color:#fff;font:inherit;cursor:pointer}`);
  const made = (tag, more) => Object.assign(document.createElement(tag), more);

  class LeaderElection extends HTMLElement {
    #frame;
    #box;
    #seen;
    #wanted = 0;
    #ready = false;
    #waiting = [];
    #hear = ({ source, data }) => {
      if (!this.#frame || source !== this.#frame.contentWindow || data?.conclave !== 1) return;
      const { conclave, event, ...detail } = data;
      if (!EVENTS.includes(event)) return;
      if (event === "ready") {
        this.#ready = true;
        this.#waiting.splice(0).forEach((message) => this.#post(message));
      }
      if (event === "resize" && Number.isFinite(detail.height)) {
        this.#wanted = Math.min(Math.max(detail.height, 200), 2000) + 2;
        this.#size();
      }
      this.dispatchEvent(new CustomEvent(event, { detail }));
    };

    static observedAttributes = ["theme", "height"];

    get address() {
      const link = this.getAttribute("link") || "";
      const [path, query] = link.slice(link.indexOf("#") + 1 || link.length).split("?");
      const wishes = new URLSearchParams(query || (path.startsWith("s=") ? path : ""));
      const put = (name, key, value = this.getAttribute(name)) => this.hasAttribute(name) && wishes.set(key, value);
      put("scenario", "scene");
      put("start", "t");
      for (const name of WISHES) put(name, name);
      for (const name of ["autoplay", "loop", "lock"]) put(name, name, 1);
      const family = this.getAttribute("algorithm") || path.split("/")[2] || "raft";
      return `${BASE}index.html#/embed/${encodeURIComponent(family)}?${wishes}`;
    }

    connectedCallback() {
      addEventListener("message", this.#hear);
      if (this.#box) return;
      const shade = this.attachShadow({ mode: "open" });
      shade.adoptedStyleSheets = [sheet];
      const play = made("button", { type: "button", textContent: this.getAttribute("label") || "Show the simulation" });
      play.onclick = () => this.open();
      const wait = made("div", { className: "wait" });
      wait.append(made("slot"), play);
      this.#box = made("div", { className: "box" });
      this.#box.append(wait);
      shade.append(this.#box);
      this.#size();
      if (this.getAttribute("load") === "click") return;
      this.#seen = new IntersectionObserver((all) => all.at(-1).isIntersecting && this.open());
      this.#seen.observe(this);
    }

    disconnectedCallback() { removeEventListener("message", this.#hear); }

    attributeChangedCallback(name, before, now) {
      if (!this.#box || before === now) return;
      if (name === "height") this.#size();
      else if (this.#frame) this.setTheme(now || "auto");
    }

    #size() {
      const given = /^\d{2,4}$/.test(this.getAttribute("height")) && Number(this.getAttribute("height"));
      this.#box.style.height = `${given || this.#wanted || (this.clientWidth < 480 ? 482 : 402)}px`;
    }

    /** The focus stays where it is, unless the button had it. */
    open() {
      if (this.#frame) return;
      this.#seen?.disconnect();
      const focused = this.shadowRoot.activeElement;
      const title = this.getAttribute("caption") || "Leader election, a simulation";
      this.#frame = made("iframe", { title, allow: "fullscreen", src: this.address });
      this.#box.replaceChildren(this.#frame);
      if (focused) this.#frame.focus();
    }

    #post(message) { this.#frame.contentWindow.postMessage({ conclave: 1, ...message }, "*"); }

    tell(command, fields) {
      this.open();
      if (this.#ready) this.#post({ command, ...fields });
      else this.#waiting.push({ command, ...fields });
    }
  }

  const COMMANDS = { play: "", pause: "", stepForward: "", stepBackward: "", seek: "ms", load: "scenario", setSpeed: "speed", setTheme: "theme" };
  for (const [name, field] of Object.entries(COMMANDS))
    LeaderElection.prototype[name] = function (value) {
      this.tell(name, field && { [field]: value });
    };
  if (!customElements.get("leader-election")) customElements.define("leader-election", LeaderElection);
})();
