import { play } from "./demo/play.mts";
import { Screen } from "./demo/screen.mts";
import { inSandbox } from "./engine/sandbox.mts";

const screen = new Screen();

inSandbox(
  [],
  (text) => screen.say(text),
  (sandbox, signal) => play(sandbox, screen, signal),
).catch((error: Error) => {
  screen.say(`\n✗ ${error.message}`, "red");
  process.exitCode = 1;
});
