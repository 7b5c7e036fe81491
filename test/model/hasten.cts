// Loaded before the provider's process: time runs faster there for all that waits between attempts, and only for that.
const times = 20;

const { setTimeout: wait } = globalThis;
const { timeout } = AbortSignal;
const now = performance.now.bind(performance);
const started = now();

globalThis.setTimeout = Object.assign(
  (run: () => void, ms = 0, ...given: []) => wait(run, ms / times, ...given),
  wait,
) as typeof setTimeout;
AbortSignal.timeout = (ms) => timeout.call(AbortSignal, Math.ceil(ms / times));
performance.now = () => started + times * (now() - started);
