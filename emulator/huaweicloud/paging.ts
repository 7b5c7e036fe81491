interface Paging<T> {
  readonly limit: number;
  /** What the client hands back to go on from an item. */
  markerOf(item: T): string;
  /** Whether the page may begin with this item. */
  startsAt(item: T): boolean;
}

/** One page of a sorted list: its items, and `page_info` as the API shows it (null where there is no such page). */
export function page<T>(items: readonly T[], { limit, markerOf, startsAt }: Paging<T>) {
  const found = items.findIndex(startsAt);
  const start = found < 0 ? items.length : found;
  const shown = items.slice(start, start + limit);
  const marker = (item: T | undefined) => (item === undefined ? null : markerOf(item));
  return {
    items: shown,
    page_info: {
      next_marker: marker(items[start + limit]),
      previous_marker: start > 0 ? marker(items[Math.max(0, start - limit)]) : null,
      current_count: shown.length,
    },
  };
}
