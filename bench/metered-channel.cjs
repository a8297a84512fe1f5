// A channel whose provider counts by time: each call takes 300 ms, and each arrival is written down, in the process.
class MeteredChannel {
  static taken = 0;
  static book = [];
  name = 'metered';
  provider = 'metered';
  reaches = ['email'];
  pace = { perSecond: 1, burst: 1, inFlight: 2 };

  lineProblems() {
    return [];
  }

  async send(line, { to, providerId }) {
    MeteredChannel.book.push({ line: line.id, to, at: performance.now() });
    await new Promise((done) => setTimeout(done, 300));
    MeteredChannel.taken += 1;
    return { kind: 'accepted', externalId: providerId, at: null };
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

module.exports = { BenchChannel: MeteredChannel };
