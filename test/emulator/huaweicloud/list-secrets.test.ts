import { describe, expect, it } from "vitest";
import { testCsms, topError } from "./client";

const secret = { name: "db", secret_string: "s3cr3t" };

describe("ListSecrets", () => {
  const names = (content: { secrets: { name: string }[] }) => content.secrets.map(({ name }) => name);

  it("pages by name, over a secret that goes away meanwhile", () => {
    const { api } = testCsms();
    for (const name of ["c", "a", "e", "b", "d"]) api("POST", "/secrets", { name, secret_string: "1" });
    const first = api("GET", "/secrets", undefined, { limit: 2 }).content;
    expect(names(first)).toEqual(["a", "b"]);
    expect(first.page_info).toEqual({ next_marker: "c", previous_marker: null, current_count: 2 });
    api("DELETE", "/secrets/c");
    const second = api("GET", "/secrets", undefined, { limit: 2, marker: first.page_info.next_marker }).content;
    expect(names(second)).toEqual(["d", "e"]);
    expect(second.page_info).toEqual({ next_marker: null, previous_marker: "a", current_count: 2 });
    expect(names(api("GET", "/secrets", undefined, { marker: "z" }).content)).toEqual([]);
  });

  it("has pages of 50, also where limit and marker are empty", () => {
    const { api } = testCsms();
    for (let i = 0; i < 51; i++) api("POST", "/secrets", { name: `n${i}`, secret_string: "1" });
    expect(api("GET", "/secrets").content.page_info.current_count).toBe(50);
    const empty = api("GET", "/secrets", undefined, { limit: "", marker: "" });
    expect(empty.content.page_info.current_count).toBe(50);
  });

  it("finds those with a subscription", () => {
    const { api } = testCsms();
    api("POST", "/secrets", secret);
    api("POST", "/secrets", { ...secret, name: "heard", event_subscriptions: ["ops"] });
    expect(names(api("GET", "/secrets", undefined, { event_name: "ops" }).content)).toEqual(["heard"]);
  });

  it.each([{ limit: 0 }, { limit: "x" }, { limit: 1001 }, { event_name: "a b" }])("refuses %o", (query) => {
    const { api } = testCsms();
    expect(topError(api("GET", "/secrets", undefined, query))).toEqual([400, "CSMS.0002"]);
  });
});
