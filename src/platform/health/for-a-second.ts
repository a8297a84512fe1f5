const GOOD_FOR_MS = 1_000;

/**
 * Asks at most once a second, whoever calls how often: all that call while it is being asked, or within a
 * second after, get the same answer.
 */
export function forASecond<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    if (answer) return answer;
    const asked = ask();
    answer = asked;
    const forget = () => void setTimeout(() => (answer = null), GOOD_FOR_MS).unref();
    asked.then(forget, forget);
    return asked;
  };
}
