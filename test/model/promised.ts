import type { Found } from "./cloud";
import type { Declared } from "./declared";

/** What was promised and did not hold. */
export class Broken extends Error {
  constructor(promise: string, found: unknown) {
    super(`${promise}: ${JSON.stringify(found, undefined, 1)}`);
  }
}

/** Values that were put again although they were there. */
export class Repeats {
  private readonly known = new Map<string, number>();
  private isAllowed = false;

  /** A command ended without the engine's knowing what it had done, so the next one may put a value once more. */
  allow(): void {
    this.isAllowed = true;
  }

  hold(when: string, secrets: ReadonlyMap<string, Found>): void {
    for (const [place, { versions }] of secrets) {
      const repeats = versions.filter(({ value }, n) => n > 0 && versions[n - 1]?.value === value).length;
      if (!this.isAllowed && repeats > (this.known.get(place) ?? 0))
        throw new Broken(`${when}, no value was put twice`, [place, versions]);
      this.known.set(place, repeats);
    }
    this.isAllowed = false;
  }
}

/** Values that the provider has made: they stay as long as what they are made anew with does. */
export class Draws {
  private known: ReadonlyMap<string, string> = new Map();

  /** Something happened after which another value may be right. */
  forget(): void {
    this.known = new Map();
  }

  hold(when: string, pairs: readonly (readonly [Declared, Found])[]): void {
    const made = pairs.filter(([{ form }]) => form === "random");
    const now = new Map(made.map(([{ value }, found]) => [`${found.id} ${value}`, found.value]));
    for (const [key, value] of now)
      if ((this.known.get(key) ?? value) !== value) throw new Broken(`${when}, a value that was made stays`, key);
    this.known = now;
  }
}

export function compareOne(when: string, declared: Declared, found: Found): void {
  const { form, description = "", tags = {}, stages } = declared;
  // Of what is made, only what it is made of is known.
  const value = form === "random" && /^[A-Za-z0-9]{32}$/.test(found.value) ? found.value : declared.value;
  const wanted = { value, description, tags, stages: stages.toSorted() };
  const has = { value: found.value, description: found.description, tags: found.tags, stages: found.stages };
  if (JSON.stringify(sorted(wanted)) !== JSON.stringify(sorted(has)))
    throw new Broken(`${when}, a secret is as declared`, { wanted, has });
}

const sorted = ({ tags, ...rest }: { tags: object }) => ({ ...rest, tags: Object.entries(tags).toSorted() });
