/**
 * Where screens are: the page is served there, however deep a link goes. Each is named, so that the page
 * never answers in place of the API or of anything else. test/browser goes to each of them.
 */
export const SCREENS = [
  'sign-in',
  'inbox',
  'leads',
  'lists',
  'imports',
  'campaigns',
  'messages',
  'lines',
  'suppressions',
  'developers',
  'settings',
] as const;
