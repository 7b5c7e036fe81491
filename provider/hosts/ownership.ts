import { randomUUID } from "node:crypto";
import type { Values } from "../fields";

/** Tells the state of a resource that took something over from the state of the one that had it before. */
const ownerKey = "__owner";

/** What the resources of the stack hold, as far as one run of the engine shows it. */
export class Ownership {
  /** By id, the marks of the states that hold it. */
  private readonly holders = new Map<string, Set<unknown>>();

  /** A resource that the program declares has it. */
  see(id: string, properties: Values): void {
    this.hold(id, properties[ownerKey]);
  }

  /** The marks for the state of a resource that has made it, or taken it over: only another's needs one. */
  take(id: string, existed = false): Values {
    const marks = existed ? Ownership.ofAnother() : {};
    this.hold(id, marks[ownerKey]);
    return marks;
  }

  /** The marks for a state of something that the state of another resource may hold as well. */
  static ofAnother(): Values {
    return { [ownerKey]: randomUUID() };
  }

  isHeld(id: string): boolean {
    return this.holders.has(id);
  }

  /** Whether a resource with another state has it: the engine deletes last what the program declares no more. */
  isAnothers(id: string, properties: Values): boolean {
    return [...(this.holders.get(id) ?? [])].some((mark) => mark !== properties[ownerKey]);
  }

  /** A state goes on to be the one of the same resource. */
  static marksOf(properties: Values): Values {
    return properties[ownerKey] === undefined ? {} : { [ownerKey]: properties[ownerKey] };
  }

  private hold(id: string, mark: unknown): void {
    this.holders.set(id, (this.holders.get(id) ?? new Set()).add(mark));
  }
}
