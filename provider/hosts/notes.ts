/** What the state has with a reference of the value that it led to. */
export interface Notes {
  /** Encrypted in the state. */
  readonly digest?: string | undefined;
  /** Goes up with every other value, so that a preview, which shows no digest, shows that there is one. */
  readonly generation?: number | undefined;
}

/** The notes in a reference as a state has it. */
export function notesIn(reference: unknown): Notes {
  const { digest, generation } = isObject(reference) ? reference : {};
  return {
    digest: typeof digest === "string" ? digest : undefined,
    generation: typeof generation === "number" ? generation : undefined,
  };
}

/** The reference as a program gives it. */
export function withoutNotes(reference: unknown): unknown {
  if (!isObject(reference)) return reference;
  const { digest, generation, ...given } = reference;
  return given;
}

/** A reference with notes in place of those that it has. */
export function withNotes(reference: unknown, notes: Notes): unknown {
  const given = withoutNotes(reference);
  const known = Object.entries(notes).filter(([, note]) => note !== undefined);
  return isObject(given) ? { ...given, ...Object.fromEntries(known) } : given;
}

/** A reference in which only the digest is changed, as by the mark of a secret. */
export const mapDigest = (reference: unknown, change: (digest: unknown) => unknown): unknown =>
  isObject(reference) && "digest" in reference ? { ...reference, digest: change(reference.digest) } : reference;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
