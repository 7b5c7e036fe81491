import { CloudError } from "./errors";

/** A list that comes in pages counted from its start, so that what comes or goes meanwhile moves what is on the later ones. */
export interface CountedPages<T> {
  /** What it is, in errors: "the list of secrets". */
  readonly what: string;
  readonly size: number;
  /** One page, the first of which is 0, with the number of items on all of them. */
  read(page: number): Promise<{ readonly items: readonly T[]; readonly total: number }>;
  keyOf(item: T): string;
}

const mostReadings = 3;

/** All items, each once. A list whose number of items changes between two pages is read again from the start. */
export async function allCounted<T>(pages: CountedPages<T>): Promise<T[]> {
  for (let reading = 0; reading < mostReadings; reading++) {
    const items = await readThrough(pages);
    if (items) return items;
  }
  const message = `${pages.what} changed each of the ${mostReadings} times that it was read, so it may lack some; try again`;
  throw new CloudError({ kind: "other", message });
}

/** Undefined where the list changed meanwhile. */
async function readThrough<T>({ size, read, keyOf }: CountedPages<T>): Promise<T[] | undefined> {
  const found = new Map<string, T>();
  let count: number | undefined;
  for (let page = 0; ; page++) {
    const { items, total } = await read(page);
    if (total !== (count ?? total)) return undefined;
    count = total;
    for (const item of items) found.set(keyOf(item), item);
    if (items.length === 0 || (page + 1) * size >= total) return [...found.values()];
  }
}
