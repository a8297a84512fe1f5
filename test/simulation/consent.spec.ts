import { Consent } from './consent';

const DAY = 86_400_000;
const PHONE = '+12025550101';

/** A book about one person, in whose life each thing happens a step after the one before. */
const aBook = () => {
  const consent = new Consent(() => [{ addresses: new Set([PHONE]), deleting: null }]);
  let step = 0;
  const says = (word: 'STOP' | 'START' | 'please leave me alone', day: number) => {
    step += 1;
    const said = { address: PHONE, externalId: `r${step}`, at: day * DAY, now: day * DAY, step };
    consent.word(word, said)(step);
  };
  const interested = (day: number) => {
    step += 1;
    consent.yes({ address: PHONE, at: day * DAY, now: day * DAY, step });
  };
  const decided = (as: 'opt_out' | 'reply', day: number, isAnother = false) => {
    step += 1;
    consent.decide(PHONE, as, step)(step, day * DAY, isAnother);
  };
  return { says, interested, decided, isForbidden: () => consent.forbids(PHONE, step + 1) };
};

describe("the judge's book of consent", () => {
  it('forbids after STOP, and no longer after START', () => {
    const { says, isForbidden } = aBook();
    says('STOP', 1);
    expect(isForbidden()).toBe(true);
    says('START', 2);
    expect(isForbidden()).toBe(false);
  });

  it('is certain of nothing after a STOP and a "Yes", until the next STOP', () => {
    const { says, interested, isForbidden } = aBook();
    says('STOP', 1);
    interested(2);
    expect(isForbidden()).toBe(false);
    says('STOP', 3);
    expect(isForbidden()).toBe(true);
  });

  it('forbids after a "Yes" that was written before the STOP', () => {
    const { says, interested, isForbidden } = aBook();
    says('STOP', 3);
    interested(2);
    expect(isForbidden()).toBe(true);
  });

  it('forbids while a reply is under review, whatever word follows', () => {
    const { says, isForbidden } = aBook();
    says('please leave me alone', 1);
    says('START', 2);
    expect(isForbidden()).toBe(true);
  });

  it('forbids after a review that ended as an opt-out, until START', () => {
    const { says, decided, isForbidden } = aBook();
    says('please leave me alone', 1);
    decided('opt_out', 2);
    expect(isForbidden()).toBe(true);
    says('START', 3);
    expect(isForbidden()).toBe(false);
  });

  it('counts the time of a review from its first reply', () => {
    const { says, isForbidden } = aBook();
    says('please leave me alone', 1);
    says('please leave me alone', 4);
    expect(isForbidden()).toBe(true);
    // By then the first has become an opt-out, which a word lifts.
    says('START', 7);
    expect(isForbidden()).toBe(false);
  });

  it('begins a new review once the one before is over', () => {
    const { says, isForbidden } = aBook();
    says('please leave me alone', 1);
    says('START', 7);
    says('please leave me alone', 8);
    says('START', 9);
    expect(isForbidden()).toBe(true);
  });

  it('does not say anything of somebody of whom one of two replies was an ordinary one', () => {
    const { says, decided, isForbidden } = aBook();
    says('please leave me alone', 1);
    says('please leave me alone', 2);
    decided('reply', 3, true);
    expect(isForbidden()).toBe(false);
  });
});
