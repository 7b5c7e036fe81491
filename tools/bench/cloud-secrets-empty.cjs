/** The engine's floor: a dynamic provider that does nothing, named in the state as shortly as ours. */
exports.host = () => ({
  check: async (_olds, inputs) => ({ inputs }),
  diff: async (_id, olds, news) => {
    const changes = olds.value !== news.value;
    return { changes, replaces: changes && news.replaced ? ["value"] : [], deleteBeforeReplace: true };
  },
  create: async (inputs) => ({ id: inputs.name, outs: inputs }),
  read: async (id, props) => ({ id, props }),
  update: async (_id, _olds, outs) => ({ outs }),
  delete: async () => {},
});
