// What the page has for Python: its changes as patches, and requests. Held back until Python can take them.

export class Bridge {
  /** post(message): to the worker; patchOf(events): changes of the document as the text of a patch. */
  constructor(post, patchOf) {
    Object.assign(this, { post, patchOf, open: false, patching: false, changes: new Map(), requests: new Map() });
    Object.assign(this, { waiting: new Map(), last: 0 });            // {id: what to call when that request is answered}
  }

  /** Python has joined: send what has waited. */
  start() {
    this.open = true;
    this.flush();
  }

  /** Python is gone: hold everything back. */
  stop() {
    Object.assign(this, { open: false, patching: false });
  }

  /** A change of the document; of each property the last. What is not a property's is of use only to Python that is there. */
  change(event) {
    if (event.kind === "ModelChanged") this.changes.set(`${event.model.id} ${event.attr}`, event);
    else if (this.open) this.changes.set(Symbol(event.kind), event);
    this.flush();
  }

  /**
   * A request, a message of app/ui/bridge.py; of each message the last, or all of those where each is to be done. The
   * promise is kept when Python has answered it, or when a later one has taken its place.
   */
  ask(message, value, each = false) {
    const key = each ? Symbol(message) : message, id = ++this.last;
    this.answered(this.requests.get(key)?.id);
    const answer = new Promise((done) => this.waiting.set(id, done));
    this.requests.set(key, { message, value, id });
    this.flush();
    return answer;
  }

  answered(id) {
    this.waiting.get(id)?.();
    this.waiting.delete(id);
  }

  /** Python has applied a patch. */
  applied() {
    this.patching = false;
    this.flush();
  }

  /** Send what has changed, one patch at a time, then what is asked: Python answers it knowing all changes before it. */
  flush() {
    if (!this.open || this.patching) return;
    if (this.changes.size) {
      const patch = this.patchOf([...this.changes.values()]);
      this.changes.clear();
      this.patching = true;
      this.post({ type: "patch", patch });
    }
    for (const request of this.requests.values()) this.post({ type: "request", ...request });
    this.requests.clear();
  }
}
