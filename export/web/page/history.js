// The present state, and those before and after it. What is moved in one gesture is undone in one step.

const SAME_GESTURE_MS = 1000;
const LONGEST = 200; // states

export class History {
  /** `changed()` is called after every change of `state`. */
  constructor(state, changed) {
    Object.assign(this, { state, changed, past: [], future: [], gesture: null, time: 0 });
  }

  /** Goes on to another state; `gesture` names what was moved, null for a step of its own. */
  go(state, gesture = null) {
    const now = performance.now();
    const isSame = gesture !== null && gesture === this.gesture && now - this.time < SAME_GESTURE_MS;
    if (!isSame) this.past = [...this.past, this.state].slice(-LONGEST);
    Object.assign(this, { state, future: [], gesture, time: now });
    this.changed();
  }

  /** One step back; false where there is none. */
  undo() {
    if (this.past.length === 0) return false;
    this.future.push(this.state);
    Object.assign(this, { state: this.past.pop(), gesture: null });
    this.changed();
    return true;
  }

  /** One step forward again; false where there is none. */
  redo() {
    if (this.future.length === 0) return false;
    this.past.push(this.state);
    Object.assign(this, { state: this.future.pop(), gesture: null });
    this.changed();
    return true;
  }
}
