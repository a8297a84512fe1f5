/** What a mail program shows nothing of, and what would act, or be fetched, by itself. */
const LEFT_OUT = 'script, base, meta, link, iframe, frame, object, embed, audio, video, svg script';

/** What a style fetches, but for what stands in the style itself. */
const FETCHED_BY_STYLE = /url\(\s*(?!["']?data:)[^)]*\)/gi;
const IMPORTED_BY_STYLE = /@import[^;]*;?/gi;

const isRemote = (url: string | null): boolean => url !== null && !url.startsWith('data:');

/**
 * Makes of an e-mail's HTML what can be shown of it. The frame's policy runs and fetches nothing in any case:
 * here it goes, so that nothing is tried and what is missing can be said.
 * @param into the document of the frame, under whose policy it is read
 * @returns how many images were left out
 */
export function mailContents(
  html: string,
  into: Document,
  images: 'none' | 'remote',
): { root: HTMLElement; imagesLeftOut: number } {
  // Read in a document that shows nothing, so that nothing is fetched yet.
  const made = into.implementation.createHTMLDocument('');
  made.documentElement.innerHTML = html;
  for (const element of made.querySelectorAll(LEFT_OUT)) element.remove();
  for (const element of made.querySelectorAll('*')) disarm(element);
  return { root: made.documentElement, imagesLeftOut: images === 'remote' ? 0 : leaveOutImages(made) };
}

/** Takes what would act. Links lead nowhere from here, and say where they would. */
function disarm(element: Element): void {
  for (const name of element.getAttributeNames()) if (name.startsWith('on')) element.removeAttribute(name);
  const href = element.getAttribute('href');
  if (href === null) return;
  element.setAttribute('title', href);
  element.setAttribute('href', '#');
}

function leaveOutImages(made: Document): number {
  let leftOut = 0;
  const count = () => {
    leftOut += 1;
    return 'none';
  };
  for (const image of made.querySelectorAll<HTMLElement>('[src], [srcset], [background], [poster]')) {
    const urls = ['src', 'srcset', 'background', 'poster'].filter((name) => isRemote(image.getAttribute(name)));
    for (const name of urls) image.removeAttribute(name);
    if (urls.length === 0) continue;
    leftOut += 1;
    if (image.tagName === 'IMG' && !image.hasAttribute('alt')) image.setAttribute('alt', 'Image');
  }
  const cleaned = (style: string) => style.replaceAll(IMPORTED_BY_STYLE, '').replaceAll(FETCHED_BY_STYLE, count);
  for (const sheet of made.querySelectorAll('style')) sheet.textContent = cleaned(sheet.textContent ?? '');
  for (const element of made.querySelectorAll('[style]')) {
    element.setAttribute('style', cleaned(element.getAttribute('style') ?? ''));
  }
  return leftOut;
}
