// Loaded before the provider's process: since then, two minutes pass there each second, for what asks how late it is.
const since = Number(process.env.HURRIES_SINCE);
const now = Date.now.bind(Date);

Date.now = () => since + 120 * (now() - since);
