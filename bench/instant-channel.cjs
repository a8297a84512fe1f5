// A channel that takes every message at once, in the process: what is measured is the engine alone.
class InstantChannel {
  static taken = 0;
  name = 'instant';
  provider = 'instant';
  reaches = ['email'];

  lineProblems() {
    return [];
  }

  async send(_line, { providerId }) {
    InstantChannel.taken += 1;
    return { kind: 'accepted', externalId: `instant-${providerId}`, at: null };
  }

  async findSent() {
    return [];
  }

  async health() {
    return null;
  }

  parseInbound() {
    return [];
  }
}

module.exports = { BenchChannel: InstantChannel };
