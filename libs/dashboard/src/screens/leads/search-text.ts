import { useEffect, useRef, useState } from 'react';

const TYPING_MS = 250;

/**
 * What is typed into the search, which goes into the URL once the typing rests. What comes into the URL
 * otherwise, such as by the browser's Back or by a saved view, goes into the field.
 */
export function useSearchText(inUrl: string, put: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(inUrl);
  const ours = useRef(inUrl);
  const [seen, setSeen] = useState(inUrl);
  if (inUrl !== seen) {
    setSeen(inUrl);
    if (inUrl !== ours.current) {
      ours.current = inUrl;
      setTyped(inUrl);
    }
  }
  useEffect(() => {
    if (typed === ours.current) return undefined;
    const timer = setTimeout(() => {
      ours.current = typed;
      put(typed);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, put]);
  return [typed, setTyped];
}
