import { BaseSequencer, type TestSpecification } from "vitest/node";

const long = ["test/model/provider-", "test/model/engine.test.ts", "test/provider/combinations/", "test/e2e/"];

/** Begins with the files that take minutes, so that none of them is alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((part) => moduleId.includes(part));
      return place < 0 ? long.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
