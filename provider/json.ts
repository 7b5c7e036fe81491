/** What a text of JSON says; undefined where it is none. No message of the parser's, which repeats the text, gets out. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
