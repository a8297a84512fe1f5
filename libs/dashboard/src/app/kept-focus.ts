/** What somebody who works with the keyboard finds their way from. */
const PLACES = 'table, ul, ol, section, dialog, main';

/**
 * When what has the focus goes, such as a row that is deleted or a screen that is left, the browser gives
 * the focus to nothing, and the next Tab starts at the top of the page. What is left around it gets the focus
 * instead.
 * @returns what ends this
 */
export function keepFocus(): () => void {
  let around: Element[] = [];
  const remember = ({ target }: FocusEvent) => {
    around = [];
    for (let at = target as Element | null; at; at = at.parentElement) around.push(at);
  };
  const look = () => {
    const [last] = around;
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const place = around.find((one) => one.isConnected && one.matches(PLACES)) ?? document.querySelector('main');
    if (!(place instanceof HTMLElement)) return;
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  addEventListener('focusin', remember);
  return () => {
    observer.disconnect();
    removeEventListener('focusin', remember);
  };
}
