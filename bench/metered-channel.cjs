// A channel whose provider counts by time: each call takes 300 ms, and each arrival is written down, in the process.
const { BenchChannel: InstantChannel } = require('./instant-channel.cjs');

class MeteredChannel extends InstantChannel {
  static taken = 0;
  static book = [];
  name = 'metered';
  provider = 'metered';
  pace = { perSecond: 1, burst: 1, inFlight: 2 };

  async send(line, { to, providerId }) {
    MeteredChannel.book.push({ line: line.id, to, at: performance.now() });
    await new Promise((done) => setTimeout(done, 300));
    MeteredChannel.taken += 1;
    return { kind: 'accepted', externalId: providerId, at: null };
  }
}

module.exports = { BenchChannel: MeteredChannel };
